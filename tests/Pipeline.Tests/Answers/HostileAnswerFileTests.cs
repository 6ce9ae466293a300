using System.IO.Compression;
using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Answers files come from strangers: whatever is in them, they are read or refused with a sentence.</summary>
public sealed class HostileAnswerFileTests : IDisposable
{
    private static readonly AnswerQuestions Questions = new(StandardLibrary.Empty, candidate: null);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".yaml")]
    [InlineData(".xlsx")]
    [InlineData(".html")]
    public void Mutated_files_are_read_or_refused(string face)
    {
        var (read, refused) = (0, 0);
        for (var seed = 1ul; seed <= 250; seed++)
        {
            var dice = new SeededBytes(seed);
            var bytes = AnswerFile.Write("a" + face, SomeSheet.Create((seed % 7) + 1), Questions);
            bytes = dice.Mutate(bytes);
            var path = _folder.File($"{seed}{face}");
            File.WriteAllBytes(path, bytes);
            try
            {
                _ = AnswerFile.Read(path);
                read++;
            }
            catch (InputFaultException faults)
            {
                Assert.NotEmpty(faults.Faults);
                refused++;
            }
        }

        Assert.True(read > 5 && refused > 5, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("../秘密.pdf")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("C:/x")]
    [InlineData("..\\\\b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    public void Attachments_stay_below_the_folder_of_the_file(string path) =>
        Assert.Contains(FaultsOf($"answers: a\nitems:\n- item: X\n  evidence: [{{file: \"{path}\"}}]\n"), f => f.Message.Contains("file", StringComparison.Ordinal));

    [Theory]
    [InlineData("answers: a\nitems:\n- item: X\n  verdict: 待人工\n")]
    [InlineData("answers: a\nitems:\n- item: X\n  verdict: 好\n")]
    [InlineData("answers: a\nitems:\n- item: X\n  on: 2026-13-01\n")]
    [InlineData("answers: a\nitems:\n- verdict: 符合\n")]
    [InlineData("answers: a\nitems:\n- item: X\n  score: 100\n")]
    [InlineData("answers: a\nhighRisks:\n- cases: []\n")]
    [InlineData("answers: a\nhighRisks:\n- cases: [\"6.1.1.1\"]\n  claim: 已缓解\n")]
    [InlineData("answers: a\ndocuments:\n- {id: d, kind: training}\n- {id: d, kind: training}\n")]
    [InlineData("answers: a\ndocuments:\n- {id: d, kind: training, file: a.pdf, sha256: 00}\n")]
    [InlineData("answers: 大写\n")]
    public void Nonsense_is_named(string yaml) => Assert.NotEmpty(FaultsOf(yaml));

    [Fact]
    public void A_bomb_in_a_workbook_and_a_document_type_are_refused_in_time()
    {
        var workbook = AnswerFile.Write("a.xlsx", SomeSheet.Create(3), Questions);
        foreach (var bytes in new[]
        {
            Workbooks.Edit(workbook, "xl/workbook.xml", t => t + " ", ("xl/sharedStrings.xml", $"<sst>{new string(' ', 60_000_000)}</sst>")),
            Workbooks.Edit(workbook, "xl/worksheets/sheet3.xml", _ => "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"),
            Workbooks.Edit(workbook, "xl/worksheets/sheet3.xml", _ => $"<worksheet><sheetData>{string.Concat(Enumerable.Repeat("<row/>", 25_000))}</sheetData></worksheet>"),
            Zip("x", "y"),
            workbook[..5000],
        })
        {
            var path = _folder.File("bomb.xlsx");
            File.WriteAllBytes(path, bytes);
            Assert.All(Assert.Throws<InputFaultException>(() => AnswerFile.Read(path)).Faults, f => Assert.Contains(f.Message, c => c > 0x2E80));
        }
    }

    [Fact]
    public void Attachments_are_known_by_their_hash_and_links_are_not_followed()
    {
        var content = PaperText.Some;
        var filler = new string('x', 2000);
        _folder.Write("附件/filler.pdf", filler);
        _folder.Write("附件/a.pdf", content);
        _folder.Write("附件/few.pdf", "内容");
        File.CreateSymbolicLink(_folder.File("附件/link.pdf"), _folder.File("附件/a.pdf"));
        _folder.Write("附件/empty.pdf", "");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        AttachmentState State(string name, string? recorded) => AnswerFile.WithAttachments(
            new AnswerSheet { System = "a", Answers = [new ItemAnswer { Item = "X", Evidence = [new Attachment(name, recorded)] }] },
            (path, _) => Path.Combine(_folder.Path, path)).Answers[0].Evidence[0].State;
        Assert.Equal(AttachmentState.Present, State("附件/a.pdf", hash));
        Assert.Equal(AttachmentState.Changed, State("附件/a.pdf", new('0', 64)));
        Assert.Equal(AttachmentState.Unhashed, State("附件/a.pdf", null));
        Assert.Equal(AttachmentState.Missing, State("附件/b.pdf", hash));
        Assert.Equal(AttachmentState.Scant, State("附件/few.pdf", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("内容"u8))));
        Assert.Equal(AttachmentState.Shapeless, State("附件/filler.pdf", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(filler)))));
        Assert.Equal(AttachmentState.Missing, State("附件/link.pdf", hash));
        Assert.Equal(AttachmentState.Missing, State("附件/empty.pdf", null));
        Assert.Equal(AttachmentState.Missing, State("附件", hash));
    }

    private static IReadOnlyList<InputFault> FaultsOf(string yaml) => Assert.Throws<InputFaultException>(() => AnswerSheetReader.Read("a.yaml", Encoding.UTF8.GetBytes(yaml))).Faults;

    private static byte[] Zip(string name, string text)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }
}
