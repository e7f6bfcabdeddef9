"""The house keeps its rules: arrows, who writes, what is described, which words code may use, what the plan names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.models.tables import MODEL_OF_TABLE
from app.registers import rules
from app.registers.catalogue import REGISTERS
from app.registers.description import Field, Register

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "app").rglob("*.py"))

# Tables that no register describes, each with the reason.
UNDESCRIBED = {
    "change": "the journal is written by Work alone",
    "change_group": "the journal is written by Work alone",
    "draft": "half-typed forms, kept as typed",
    "setting": "facts about the file itself, each with its own control",
    "rule": "dated rules: registers/rules.py describes value, day and source; the key is chosen from a list",
    "dossier_step": "steps are written by the dossier's commands; the row derives from them",
    "document_type": "seeded from resources/document_types.csv",
    "document_series": "opened by the first document, its opening number by Số dư đầu",
    "procedure_field": "named in the procedure's own form",
    "import_match": "remembered by an import, corrected by importing anew",
}
WRITING_WORDS = re.compile(
    r"\s*(INSERT (OR \w+ )?INTO|REPLACE INTO|UPDATE \w+ SET|DELETE FROM|(CREATE|DROP|ALTER) (TABLE|INDEX|TRIGGER|VIEW)|"
    r"PRAGMA \w|ATTACH |VACUUM)",
    re.IGNORECASE,
)
VIETNAMESE_WORDS = re.compile(
    r"(^|_)(ho_so|thu_tuc|van_ban|ke_hoach|nhiem_vu|ngan_sach|bao_cao|so_lieu|linh_vuc|co_quan|nguoi|ngay|thang|nam_|"
    r"don_vi|xa|huyen|tinh|quyet_dinh|so_luong|trang_thai|ket_qua|han_tra|du_toan|but_toan|ky_bao_cao)(_|$)"
)


def trees(within: str = "app/") -> Iterator[tuple[str, ast.Module]]:
    yield from ((path, tree) for path, tree in parsed() if path.startswith(within))


@cache
def parsed() -> list[tuple[str, ast.Module]]:
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


# --- rooms -----------------------------------------------------------------------------------------------------------


def test_the_arrows_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_only_models_and_registers_write() -> None:
    for path, tree in trees():
        if path.startswith(("app/models/", "app/registers/")):
            continue
        names = {name for module, name in imported(tree) if module.startswith("sqlalchemy")}
        assert not names & {"insert", "update", "delete", "text", "Insert", "Update", "Delete"}, path
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not WRITING_WORDS.match(node.value), (path, node.lineno)
            if isinstance(node, ast.Attribute):
                assert node.attr != "exec_driver_sql", (path, node.lineno)


def test_registers_write_through_the_journal() -> None:
    """Only Work itself holds insert, update and delete; a command that took them would leave no history."""
    for path, tree in trees("app/registers/"):
        names = {name for module, name in imported(tree) if module.startswith("sqlalchemy")}
        assert not names & {"insert", "update", "delete", "text"}, path


def test_the_dialect_shows_in_one_file() -> None:
    for path, tree in trees():
        modules = {module for module, _ in imported(tree)}
        if path != "app/models/sqlite.py":
            assert not {module for module in modules if module == "sqlite3" or ".dialects" in module}, path
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    assert not re.match(r"\s*PRAGMA\s", node.value), (path, node.lineno)


def test_no_session_and_no_mapped_object_travels() -> None:
    for path, tree in trees():
        names = {name for module, name in imported(tree) if module == "sqlalchemy.orm"}
        allowed = {"Mapped", "mapped_column", "DeclarativeBase", "InstrumentedAttribute"}
        assert names <= allowed, path


def test_the_orm_is_for_the_type_checker_only() -> None:
    """models/mapping.py: tables are written as classes, and nothing but SQLAlchemy's Core is loaded for them."""
    code = "import sys, app.reports.making, app.registers.catalogue; sys.exit('sqlalchemy.orm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_one_clock() -> None:
    """Nobody asks the PC for the day but the clock; fields of the window's kit may while they stand alone."""
    for path, tree in trees():
        if path in {"app/clock.py", "app/ui/form.py", "app/ui/widgets/fields.py"}:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                asked = ast.unparse(node)
                assert asked not in {"date.today", "datetime.now", "datetime.today", "datetime.utcnow"}, (path, asked)


# --- descriptions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_every_column_is_described_or_internal(register: Register) -> None:
    columns = {column.key for column in register.model.__table__.columns}
    described = [field.attribute.key for field in register.fields if field.attribute is not None]
    assert len(described) == len(set(described))
    assert not register.internal & set(described)
    assert register.internal | set(described) == columns


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_a_register_reads_every_value_it_shows(register: Register) -> None:
    """Lists and forms take values by the key of the field."""
    read = {column.key for column in register.query().selected_columns}
    virtual = {"due_reason"}  # asked for at the moment of saving, kept in the step
    assert {field.key for field in register.fields} - virtual <= read
    assert "id" in read


def test_every_table_has_a_register_or_a_reason() -> None:
    described = {register.model.__tablename__ for register in REGISTERS.values()}
    assert described | set(UNDESCRIBED) == set(MODEL_OF_TABLE)
    assert not described & set(UNDESCRIBED)
    assert all(UNDESCRIBED.values())


def every_field() -> list[tuple[str, Field]]:
    of_registers = [(register.key, field) for register in REGISTERS.values() for field in register.fields]
    return [*of_registers, *(("rules", field) for field in rules.FIELDS)]


@pytest.mark.parametrize(("register", "field"), every_field(), ids=lambda each: getattr(each, "key", each))
def test_every_field_has_a_label_and_help(register: str, field: Field) -> None:
    assert field.label
    assert field.label[0].isupper()
    assert field.help.endswith(".")
    assert field.help[0].isupper()
    assert field.key.isidentifier()


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_keys_labels_and_headings_of_a_register_are_its_own(register: Register) -> None:
    from app import vietnamese

    assert len({field.key for field in register.fields}) == len(register.fields)
    headings = [vietnamese.key(word) for field in register.import_fields for word in {field.label, *field.headings}]
    assert len(headings) == len(set(headings)), sorted(word for word in headings if headings.count(word) > 1)


# --- words -----------------------------------------------------------------------------------------------------------


def identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name):
                yield name


def test_identifiers_are_english() -> None:
    for path, tree in trees():
        assert path.isascii()
        for name in identifiers(tree):
            assert name.isascii(), (path, name)
            assert not VIETNAMESE_WORDS.search(name.lower()), (path, name)


def test_tables_and_columns_are_english() -> None:
    for name, model in MODEL_OF_TABLE.items():
        assert not VIETNAMESE_WORDS.search(name)
        assert not any(VIETNAMESE_WORDS.search(column.name) for column in model.__table__.columns)


# --- every sentence is tested ----------------------------------------------------------------------------------------


def sentences() -> Iterator[tuple[str, str]]:
    """Place and longest fixed part of every sentence that registers refuse with (files have tests of their own)."""
    for path, tree in trees("app/registers/"):
        if path.startswith("app/registers/exchange/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
                fixed = [
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                ]
                if words := max(fixed, key=len, default="").strip(" “”:,."):
                    yield f"{path}:{node.lineno}", words


def test_every_refusal_of_the_registers_stands_in_a_test() -> None:
    tested = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert [(place, words) for place, words in sentences() if words not in tested] == []


# --- the plan --------------------------------------------------------------------------------------------------------


def named_paths() -> set[str]:
    """Paths that docs/architecture.md names: in backquotes, and in its tree of rooms with their folders before them."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    found = {each for each in re.findall(r"`([\w./-]+)`", text) if "/" in each or each.endswith(".py")}
    folder = ""
    for indent, names in re.findall(r"^ {4}( *)((?:[\w.]+[./]\w*(?:, )?)+)(?: {2,}\S|$)", text, re.MULTILINE):
        if names == "app/":
            folder = names
        elif not indent:
            folder = ""
        found |= {names if names == folder else folder + name for name in names.split(", ")}
    return found


def test_the_plan_names_only_what_is_there() -> None:
    names = named_paths()
    assert {"app/clock.py", "app/models/", "resources/", "reports/figures.py"} <= names
    for name in sorted(names):
        places = (ROOT / name, ROOT / "app" / name, ROOT / "app" / "registers" / name, ROOT / "app" / "reports" / name)
        assert any(place.exists() for place in places), name
