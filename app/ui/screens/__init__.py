"""The screens: one module for each entry of the navigation, each a Page that is handed the session."""
