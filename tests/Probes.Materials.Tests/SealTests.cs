using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>Seals of OFD papers are verified; signatures in Office files are not, and that is said.</summary>
public sealed class SealTests
{
    private const string Report = "密码应用安全性评估报告";

    [Fact]
    public async Task A_seal_counts_for_the_bytes_it_is_over()
    {
        var sealedOne = Sealed();
        Assert.Equal(Verdict.Satisfied, (await Looking.JudgeAsync("a.ofd", sealedOne, Report))["MAT-05"]);

        var changed = (await Looking.AnsweredAsync("a.ofd", With(sealedOne, "Doc_0/Pages/Page_0/Content.xml", t => t.Replace("2026年3月1日", "2026年4月1日", StringComparison.Ordinal)), Report, []))["MAT-05"];
        Assert.Equal(Verdict.NotSatisfied, changed.Verdict);
        Assert.Contains("Content.xml", changed.Explanation, StringComparison.Ordinal);
    }

    /// <summary>A second file of a signature that no list names is one that was taken out.</summary>
    [Fact]
    public async Task A_seal_beside_what_no_list_names_is_a_question()
    {
        var more = With(Sealed(), "Doc_0/Signs/Sign_1/Signature.xml", _ => "<ofd:Signature xmlns:ofd=\"http://www.ofdspec.org/2016\"/>");
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.ofd", more, Report))["MAT-05"]);
    }

    /// <summary>The container says that it has a list of signatures, and the list cannot be read.</summary>
    [Fact]
    public async Task A_list_of_signatures_that_was_not_read_is_no_list_of_none()
    {
        var torn = With(PaperWriting.Ofd(Report, [.. Papers.Report(Report).Split('\n').Skip(1)], Looking.Now, null), "OFD.xml", t => t.Replace("</ofd:DocRoot>", "</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>", StringComparison.Ordinal));
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.ofd", With(torn, "Doc_0/Signs/Signatures.xml", _ => "<ofd:Signatures"), Report))["MAT-05"]);
    }

    /// <summary>One file of the material under a seal does not speak for one that nobody could look into.</summary>
    [Fact]
    public async Task A_seal_on_one_file_is_none_on_another()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("1.ofd"), Sealed());
        var document = new Document { Id = "paper", Path = folder.Path, MaterialKind = Report };
        Assert.True((await SignaturesOfAsync(document)).GetProperty("isIntact").GetBoolean());
        await File.WriteAllBytesAsync(folder.File("2.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4]);
        Assert.False((await SignaturesOfAsync(document)).TryGetProperty("isIntact", out _));
    }

    [Fact]
    public async Task A_signature_in_an_Office_file_is_left_to_people_by_name()
    {
        var signed = Papers.Word(Papers.Report(Report), ("_xmlsignatures/sig1.xml", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>"));
        var judged = (await Looking.AnsweredAsync("a.docx", signed, Report, []))["MAT-05"];
        Assert.Equal(Verdict.NeedsReview, judged.Verdict);
        Assert.Contains("Office 文件里的数字签名本工具不核验", judged.Explanation, StringComparison.Ordinal);
    }

    /// <summary>What the demonstration hands in is read as what it is, in all three formats.</summary>
    [Fact]
    public async Task Papers_of_the_demonstration_are_read_in_every_format()
    {
        var lines = Papers.Report(Report).Split('\n').Skip(1).Append("本段只为凑足一份文件应有的长短，写明本次工作的范围、方法、过程与结果，没有别的意思。").ToList();
        foreach (var (name, bytes) in new[] { ("a.pdf", PaperWriting.Pdf(Report, lines)), ("a.docx", PaperWriting.Word(Report, lines, Looking.Now)), ("a.ofd", PaperWriting.Ofd(Report, lines, Looking.Now, null)) })
        {
            var verdicts = await Looking.JudgeAsync(name, bytes, Report);
            Assert.All(new[] { "MAT-01", "MAT-02", "MAT-03", "MAT-04", "MAT-06" }, id => Assert.Equal((name, id, Verdict.Satisfied), (name, id, verdicts[id])));
            Assert.Equal(Verdict.NotSatisfied, verdicts["MAT-05"]);
        }
    }

    private static async Task<JsonElement> SignaturesOfAsync(Document document) =>
        (await Looking.RecordsAsync([document])).Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Single(o => o.Kind == "materials.signatures").Data;

    private static byte[] Sealed()
    {
        using var seal = new PaperSeal(Papers.Owner, TimeProvider.System);
        return PaperWriting.Ofd(Report, [.. Papers.Report(Report).Split('\n').Skip(1)], TimeProvider.System.GetUtcNow(), seal);
    }

    private static byte[] With(byte[] file, string part, Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var text = "";
            if (zip.GetEntry(part) is { } old)
            {
                using (var reader = new StreamReader(old.Open()))
                {
                    text = reader.ReadToEnd();
                }

                old.Delete();
            }

            using var writer = new StreamWriter(zip.CreateEntry(part).Open(), new UTF8Encoding(false));
            writer.Write(change(text));
        }

        return stream.ToArray();
    }
}
