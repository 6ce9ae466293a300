using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>One answers file in three faces: whatever is written into one comes out of every other.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly AnswerQuestions Questions = new(StandardLibrary.Empty, candidate: null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".yaml")]
    [InlineData(".xlsx")]
    [InlineData(".html")]
    public void What_is_written_comes_back_the_same(string face)
    {
        for (var seed = 1ul; seed <= 150; seed++)
        {
            var sheet = SomeSheet.Create(seed);
            var path = _folder.File($"{seed}{face}");
            File.WriteAllBytes(path, AnswerFile.Write(path, sheet, Questions));
            Assert.Equal(SomeSheet.Text(sheet), SomeSheet.Text(AnswerFile.Read(path)));
            Assert.Equal(File.ReadAllBytes(path), AnswerFile.Write(path, AnswerFile.Read(path), Questions));
        }
    }

    [Fact]
    public void Through_all_faces_and_back_to_the_same_bytes()
    {
        var sheet = SomeSheet.Create(7);
        var first = AnswerFile.Write("a.yaml", sheet, Questions);
        foreach (var face in new[] { "b.xlsx", "c.html", "d.yaml", "e.html", "f.xlsx" })
        {
            var path = _folder.File(face);
            File.WriteAllBytes(path, AnswerFile.Write(path, sheet, Questions));
            sheet = AnswerFile.Read(path);
        }

        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(AnswerFile.Write("z.yaml", sheet, Questions)));
    }

    [Fact]
    public void The_page_carries_no_word_of_a_sheet_as_markup()
    {
        for (var seed = 1ul; seed <= 60; seed++)
        {
            var page = Encoding.UTF8.GetString(AnswerFile.Write("a.html", SomeSheet.Create(seed), Questions));
            Assert.Equal(2, page.Split("<script", StringSplitOptions.None).Length - 1);
            Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("http", page[..page.IndexOf("id=\"sheet\"", StringComparison.Ordinal)].Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_as_a_spreadsheet_saves_them_are_read_too()
    {
        // Shared strings, a day as a number, a column moved, cells left out.
        var sheet = new AnswerSheet { System = "demo-one", Answers = [new ItemAnswer { Item = "CES-IA-a", Verdict = Verdict.Satisfied, By = "回答人", On = new DateOnly(2026, 1, 20) }] };
        var bytes = Workbooks.Edit(AnswerFile.Write("a.xlsx", sheet, Questions), "xl/worksheets/sheet3.xml", text => text
            .Replace("t=\"inlineStr\"><is><t xml:space=\"preserve\">2026-01-20</t></is>", "><v>46042</v>", StringComparison.Ordinal)
            .Replace("t=\"inlineStr\"><is><t xml:space=\"preserve\">回答人</t></is>", "t=\"s\"><v>0</v>", StringComparison.Ordinal),
            ("xl/sharedStrings.xml", "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><r><t>回</t></r><r><t>答人</t></r><rPh sb=\"0\" eb=\"1\"><t>huida</t></rPh></si></sst>"));
        var path = _folder.File("a.xlsx");
        File.WriteAllBytes(path, bytes);
        Assert.Equal(SomeSheet.Text(sheet), SomeSheet.Text(AnswerFile.Read(path)));
    }

    /// <summary>Whoever filled in a table knows its rows, and not the lines of what is made of it.</summary>
    [Fact]
    public void Mistakes_in_a_table_are_told_by_their_row()
    {
        var sheet = new AnswerSheet { System = "demo-one", Answers = [new ItemAnswer { Item = "CES-IA-a" }, new ItemAnswer { Item = "CES-IA-b", Verdict = Verdict.Satisfied, By = "回答人", On = new DateOnly(2026, 1, 20) }] };
        var path = _folder.File("a.xlsx");
        File.WriteAllBytes(path, Workbooks.Edit(AnswerFile.Write("a.xlsx", sheet, Questions), "xl/worksheets/sheet3.xml", text => text.Replace(">2026-01-20<", ">昨天<", StringComparison.Ordinal)));
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => AnswerFile.Read(path)).Faults);
        Assert.StartsWith("“条目”表 CES-IA-b 一行：on 的值 昨天 不是日期", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Saved again by a spreadsheet program, whatever it makes of styles, strings and names of parts.</summary>
    [SkippableFact]
    public async Task LibreOffice_saves_a_workbook_and_nothing_is_lost()
    {
        Skip.If(RequiredTool.IsMissing("soffice"));
        const string calc = "/usr/lib/libreoffice/program/libsclo.so";
        Skip.If(RequiredTool.IsMissing("libreoffice-calc", File.Exists(calc) ? calc : null));
        // LibreOffice 7.4 itself unfolds words that look like an escape of the format ("_x0041_") once too often.
        var sheet = Enumerable.Range(1, 150).Select(seed => SomeSheet.Create((ulong)seed)).First(s => !SomeSheet.Text(s).Contains("_x", StringComparison.Ordinal));
        var path = _folder.File("a.xlsx");
        await File.WriteAllBytesAsync(path, AnswerFile.Write(path, sheet, Questions));
        var ended = await new ProcessToolRunner().RunAsync(
            new ToolCall("soffice", [$"-env:UserInstallation=file://{_folder.File("profile")}", "--headless", "--convert-to", "xlsx", "--outdir", _folder.File("saved"), path]) { Timeout = TimeSpan.FromMinutes(3) }, CancellationToken.None);
        Assert.True(ended.ExitCode == 0, ended.ErrorText);
        Assert.Equal(SomeSheet.Text(sheet), SomeSheet.Text(AnswerFile.Read(_folder.File("saved/a.xlsx"))));
    }
}
