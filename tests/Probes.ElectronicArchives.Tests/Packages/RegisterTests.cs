using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Registers in the shapes that people hand in.</summary>
public sealed class RegisterTests : IDisposable
{
    private static readonly RegisterNames Names = Archiving.Tables.Packages.First(p => p.File.Id == "p-zwfw").Register;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("总件数,12\r\n总字节数,3456\r\n", "12", "3456")]
    [InlineData("\uFEFF登记表\n\"总件数：\",\"12\"\n\"总字节数（MB）\",\"1.5\"\n", "12", "1.5")]
    [InlineData("总件数\t总字节数\n12\t3,456\n", "12", "3,456")]
    [InlineData("a;b\n总件数;12\n", "12", null)]
    [InlineData("<登记表><总件数>12</总件数><总字节数>3456</总字节数></登记表>", "12", "3456")]
    public void Totals_are_found_beside_or_below_their_labels(string text, string? count, string? bytes)
    {
        var read = Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((null, count, bytes), (read.Fault, read.Count?.Text, read.Bytes?.Text));
    }

    [Fact]
    public void A_workbook_with_shared_and_inline_strings()
    {
        var read = Read(Workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>总字节数</t></is></c><c r=\"C2\"><f>1+1</f><v>7</v></c><c r=\"B2\"><v>3456</v></c></row>"
            + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>电子文件号</t></is></c><c r=\"B4\" t=\"inlineStr\"><is><t>包字节数</t></is></c></row><row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>SP1</t></is></c><c r=\"B5\"><v>99</v></c></row>"));
        Assert.Equal((null, "12", "3456"), (read.Fault, read.Count?.Text, read.Bytes?.Text));
        Assert.Equal([("SP1", "99")], read.Rows.Select(r => (r.Id, r.Size!)));
    }

    [Theory]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>99999</v></c></row></sheetData></worksheet>")]
    [InlineData("<worksheet><sheetData><row>")]
    public void A_workbook_that_lies_is_refused_in_words(string sheet) =>
        Assert.NotNull(Read(SampleContents.Zip([("xl/worksheets/sheet1.xml", SampleContents.Utf8(sheet))], Encoding.UTF8)).Fault);

    [Fact]
    public void A_workbook_bomb_costs_no_more_than_its_cap()
    {
        var huge = new byte[160 * 1024 * 1024];
        huge.AsSpan().Fill((byte)' ');
        var head = SampleContents.Utf8("<worksheet><sheetData>");
        head.CopyTo(huge, 0);
        Assert.Contains("超过上限", Read(SampleContents.Zip([("xl/worksheets/sheet1.xml", huge)], Encoding.UTF8)).Fault!, StringComparison.Ordinal);
    }

    [Fact]
    public void Mangled_registers_end_in_words_and_in_time()
    {
        var random = new SeededBytes(70);
        byte[][] seeds = [Workbook("<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12</v></c></row>"), Encoding.UTF8.GetBytes("总件数,\"1\n2\",3\n"), Encoding.UTF8.GetBytes("<a><总件数>1</总件数></a>")];
        for (var i = 0; i < 300; i++)
        {
            _ = Read(random.Mutate(seeds[i % seeds.Length]));
        }
    }

    private static byte[] Workbook(string rows) => SampleContents.Zip(
        [
            ("[Content_Types].xml", SampleContents.Utf8("<Types/>")),
            ("xl/sharedStrings.xml", SampleContents.Utf8("<sst><si><r><t>总</t></r><r><t>件数</t></r></si></sst>")),
            ("xl/worksheets/sheet1.xml", SampleContents.Utf8($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>")),
        ],
        Encoding.UTF8);

    private RegisterReading Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("登记表"), bytes);
        return RegisterReader.Read(_folder.File("登记表"), Names, CancellationToken.None);
    }
}
