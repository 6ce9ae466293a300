using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Files that a flow downloaded: what cannot be read wholly is nothing to compare with.</summary>
public sealed class FlowFilesTests
{
    private const string Sheet = """<worksheet><sheetData><row><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row><row><c r="A2"><v>1</v></c></row><row><c r="A3"><v>2</v></c></row></sheetData></worksheet>""";

    static FlowFilesTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, byte[], int?> Tables => new()
    {
        { "utf8", Encoding.UTF8.GetBytes("编号,说明\n1,\"两\n行\"\n2,乙\n\n"), 2 },
        { "gbk", Encoding.GetEncoding("GB18030").GetBytes("编号,说明\r\n1,甲\r\n"), 1 },
        { "xlsx", SampleContents.Zip([("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(Sheet))], Encoding.UTF8), 2 },
        { "page", Encoding.UTF8.GetBytes("\n <html>出错\n了</html>"), null },
        { "empty", [], null },
        { "no workbook", SampleContents.Zip([("a.txt", [1])], Encoding.UTF8), null },
        { "open quote", "a,b\n\"1"u8.ToArray(), null },
        { "cut", SampleContents.Zip([("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(Sheet))], Encoding.UTF8)[..^30], null },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rows_are_counted_below_the_head(string name, byte[] bytes, int? rows)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("t"), bytes);
        Assert.True(rows == FlowFiles.Rows(folder.File("t"), CancellationToken.None), name);
    }

    [Fact]
    public void A_file_longer_than_is_read_is_no_table()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t"), $"号\n{new string('1', FlowFiles.MostBytes)}\n2\n");
        Assert.Null(FlowFiles.Rows(folder.File("t"), CancellationToken.None));
    }

    public static TheoryData<string, byte[], CellTrouble, int[]> Cells => new()
    {
        { "command", "号,名\n1,-2+3+cmd|' /C calc'!A0\n"u8.ToArray(), CellTrouble.Formula, [2] },
        { "sum", "号,名\n1,+1+1\n2,@x\n3,甲\n4,\" =1+2\"\n"u8.ToArray(), CellTrouble.Formula, [2, 3, 5] },
        { "numbers", "号,名\n-,-12.5\n\"+1,234.50\",-3%\n'=1,1-2\n+8E3,-0\n"u8.ToArray(), CellTrouble.Formula, [] },
        { "head", "=1,名\n1,甲\n"u8.ToArray(), CellTrouble.Formula, [1] },
        { "blank rows", "号\n\n\n=1\n"u8.ToArray(), CellTrouble.Formula, [4] },
        { "text like a formula", Book(Sheet.Replace("<v>1</v>", "<is><t>=1+2演示商行</t></is>", StringComparison.Ordinal).Replace("<c r=\"A2\"", "<c r=\"A2\" t=\"inlineStr\"", StringComparison.Ordinal)), CellTrouble.Formula, [] },
        { "formula", Book(Sheet.Replace("<row><c r=\"A3\"><v>2</v>", "<row r=\"7\"><c r=\"A7\"><f>1+2</f><v>3</v>", StringComparison.Ordinal)), CellTrouble.Formula, [7] },
        { "formula without a value", Book(Sheet.Replace("<v>2</v>", "<f>1+2</f>", StringComparison.Ordinal)), CellTrouble.Formula, [3] },
        { "card", Encoding.UTF8.GetBytes("号\n证件110101199001010015（本人）\n110101199001010019\n6222110101199001010010\n110101199001010010号\n"), CellTrouble.CardNumber, [2, 3] },
        { "card in a workbook", Book(Sheet.Replace("编号", "经办 110101199001010015", StringComparison.Ordinal)), CellTrouble.CardNumber, [1] },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_has_no_place_in_a_table_is_found_where_it_stands(string name, byte[] bytes, CellTrouble trouble, int[] rows)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("t"), bytes);
        var found = FlowFiles.Read(folder.File("t"), CancellationToken.None)!.RowsWith(trouble);
        Assert.True(rows.SequenceEqual(found), $"{name}：{string.Join(' ', found)}");
    }

    [Fact]
    public void Sheets_that_are_not_read_are_counted()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("t"), SampleContents.Zip([("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(Sheet)), ("xl/worksheets/sheet2.xml", Encoding.UTF8.GetBytes(Sheet))], Encoding.UTF8));
        Assert.Equal(1, FlowFiles.Read(folder.File("t"), CancellationToken.None)!.OtherSheets);
    }

    private static byte[] Book(string sheet) => SampleContents.Zip([("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(sheet))], Encoding.UTF8);
}
