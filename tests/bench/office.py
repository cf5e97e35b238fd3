"""What LibreOffice Calc takes for a ledger as a workbook: open, filter, pivot, print.

Called by `jiugai-bench office`; needs LibreOffice Calc and its Python (Debian: libreoffice-calc, python3-uno).
Prints `open`, `filter`, `pivot` and `print` in seconds, a line each.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.DataPilotFieldOrientation import DATA, ROW
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.sheet.GeneralFunction import SUM
from com.sun.star.table import CellAddress

TRIES = 600


def value(name, what):
    one = PropertyValue()
    one.Name, one.Value = name, what
    return one


def connect(pipe):
    """The desktop of a LibreOffice that is starting."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(TRIES):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def measured(what, work):
    start = time.perf_counter()
    result = work()
    print(what, f"{time.perf_counter() - start:.3f}", flush=True)
    return result


def main(workbook, storey, building, area):
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"jiugai{time.time_ns()}"
        office = subprocess.Popen(
            [
                "soffice", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp",
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            desktop = connect(pipe)
            hidden = (value("Hidden", True),)
            # It answers before it can open anything: an empty sheet first, which does not count.
            while (empty := desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden)) is None:
                time.sleep(0.2)
            empty.close(True)
            document = measured("open", lambda: desktop.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, hidden))
            sheet = document.Sheets.getByIndex(0)
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            last_row, last_column = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
            heads, top = [], 0
            for row in range(6):
                words = [sheet.getCellByPosition(at, row).String for at in range(last_column + 1)]
                if any(word.startswith(storey) for word in words):
                    heads, top = words, row
            table = sheet.getCellRangeByPosition(0, top, last_column, last_row)

            def column(name):
                """The place of a heading; it may go on with its unit."""
                return next(at for at, word in enumerate(heads) if word.startswith(name))

            def filtered():
                descriptor = table.createFilterDescriptor(True)
                descriptor.ContainsHeader = True
                field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
                field.Field, field.IsNumeric, field.NumericValue, field.Operator = column(storey), True, 3.0, EQUAL
                descriptor.setFilterFields((field,))
                table.filter(descriptor)
                return descriptor

            descriptor = measured("filter", filtered)
            descriptor.setFilterFields(())
            table.filter(descriptor)

            def pivoted():
                document.Sheets.insertNewByName("透视", 1)
                target = document.Sheets.getByName("透视")
                tables = target.getDataPilotTables()
                pilot = tables.createDataPilotDescriptor()
                pilot.setSourceRange(table.RangeAddress)
                fields = pilot.getDataPilotFields()
                fields.getByName(heads[column(building)]).Orientation = ROW
                sum_of = fields.getByName(heads[column(area)])
                sum_of.Orientation, sum_of.Function = DATA, SUM
                address = CellAddress()
                address.Sheet, address.Column, address.Row = 1, 0, 0
                tables.insertNewByName("各楼面积", address, pilot)

            measured("pivot", pivoted)
            document.Sheets.removeByName("透视")
            paper = Path(folder, "paper.pdf").as_uri()
            measured("print", lambda: document.storeToURL(paper, (value("FilterName", "calc_pdf_Export"),)))
            document.close(True)
        finally:
            office.terminate()
            office.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
