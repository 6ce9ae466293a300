using System.Text;
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
    public void Values_are_had_only_where_every_part_is_read()
    {
        using var folder = new TemporaryFolder();
        var good = ("基本信息元数据.xml", Encoding.UTF8.GetBytes("<base_info><task_name> 取水许可 </task_name><x><y>1</y><y>2</y></x></base_info>"));
        File.WriteAllBytes(folder.File("good.zip"), SampleContents.Zip([good], Encoding.UTF8));
        var read = FlowFiles.Elements(folder.File("good.zip"), CancellationToken.None)!;
        Assert.Equal(["取水许可"], read["task_name"]);
        Assert.Equal(["1", "2"], read["y"].Order(StringComparer.Ordinal));
        (string, byte[])[] bad = [("b.xml", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"u8.ToArray()), ("b.xml", "<a>"u8.ToArray()), ("b.xml", [])];
        foreach (var other in bad)
        {
            File.WriteAllBytes(folder.File("bad.zip"), SampleContents.Zip([good, other], Encoding.UTF8));
            Assert.Null(FlowFiles.Elements(folder.File("bad.zip"), CancellationToken.None));
        }

        Assert.Null(FlowFiles.Elements(folder.File("none.zip"), CancellationToken.None));
    }
}
