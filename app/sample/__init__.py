"""The sample office: xã Nam Trung, first half of 2023, as rows of the registers.

The figures are those of a real report made consistent; names of applicants, vouchers, codes and decisions are made up
and look so. Everything goes through the commands of the registers, as if it had been typed.
"""

from app.sample.build import DAY, build

__all__ = ["DAY", "build"]
