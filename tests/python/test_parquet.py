"""Tables that worlds and their parts leave in a run folder."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from meterbed import parquet
from meterbed.reports.dataset import Dataset
from meterbed.reports.errors import ReportError

WORD = pa.dictionary(pa.int32(), pa.string())


def part(number: int) -> pa.Table:
    words = pa.array([f"part {number}", "both", f"part {number}"]).cast(WORD)
    return pa.table({"time": pa.array([number, number + 1, number + 2]), "what": words})


def written(folder: Path, count: int) -> Path:
    files = [folder / f"part-{number}.table.parquet" for number in range(count)]
    for number, file in enumerate(files):
        parquet.write(part(number), file, delta=["time"])
    parquet.gather(files, folder / "table.parquet")
    return folder / "table.parquet"


def test_one_part_alone_is_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, 1)
    assert path.is_file()
    assert pq.read_metadata(path).num_row_groups == 1
    assert pq.read_metadata(path).row_group(0).column(0).encodings == ("RLE", "DELTA_BINARY_PACKED")
    assert [path.name for path in tmp_path.iterdir()] == ["table.parquet"]


@pytest.mark.parametrize("count", [1, 12])  # 12: by number, not by name
def test_parts_are_read_in_their_order(tmp_path: Path, count: int) -> None:
    # As while a run is written, and in a folder that others might take for a partition.
    folder = tmp_path / ".hold-up=15 min"
    folder.mkdir()
    path = written(folder, count)
    expected = pa.concat_tables(part(number) for number in range(count)).to_pylist()
    table = parquet.read(path, ["what"])
    assert table.schema.field("what").type == WORD
    assert table.to_pylist() == expected
    read = Dataset(path)
    assert read.rows == 3 * count
    assert read.read(None, [("time", ">=", 0)]).to_pylist() == expected
    assert read.read(["time"], [("what", "==", "both")])["time"].to_pylist() == list(range(1, count + 1))


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, 2)
    (path / "000001.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(ReportError, match=r"table.parquet is damaged: .*"):
        Dataset(path).read(None, [("time", ">=", 0)])
    (path / "000001.parquet").unlink()
    with pytest.raises(ReportError, match=r"it has no column counter"):
        Dataset(path).require(["time", "counter"])


def test_an_unfinished_part_is_not_there(tmp_path: Path) -> None:
    table = part(0).append_column("list", pa.array([[1], [2], [3]]))
    with pytest.raises(Exception, match="DELTA_BINARY_PACKED"):
        parquet.write(table, tmp_path / "part.parquet", delta=["what"])
    assert not (tmp_path / "part.parquet").exists()
