using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>检测包 without a browser: what was not looked at, or not compared in every source, is neither right nor wrong.</summary>
public sealed class PackageTriangleTests
{
    private static readonly FlowPackage Built = new("p.zip", null, []) { Profile = "p-zwfw" };
    private static readonly FlowPackage Beside = new("p.zip", "page", [new("办件名称", "project_name"), new("申请人", "apply_name")]) { Profile = "p-zwfw", Interface = "answer" };
    private static readonly Dictionary<string, string> Page = new(StringComparer.Ordinal) { ["办件名称"] = "户外广告设置审批申请第1件", ["申请人"] = "样例商行1" };

    [Theory]
    [InlineData("clean", StepOutcome.Done)]
    [InlineData("damaged", StepOutcome.Contradicted)]
    [InlineData("shorter", StepOutcome.Contradicted)]
    [InlineData("surplus", StepOutcome.Contradicted)]
    [InlineData("missing", StepOutcome.Contradicted)]
    [InlineData("truncated", StepOutcome.Contradicted)]
    [InlineData("nothing", StepOutcome.NotFound)]
    [InlineData("unreadable", StepOutcome.NotFound)]
    [InlineData("swollen", StepOutcome.NotFound)]
    public void A_package_is_built_right_only_where_all_of_it_was_read(string name, StepOutcome outcome)
    {
        var (end, _, _) = Compared(Built, p => Spoil(p, name), Page, Page);
        Assert.True(end.Outcome == outcome, $"{end}");
    }

    [Theory]
    [InlineData("clean", StepOutcome.Done)]
    [InlineData("program", StepOutcome.Contradicted)]
    [InlineData("damaged", StepOutcome.NotFound)]
    [InlineData("truncated", StepOutcome.NotFound)]
    [InlineData("swollen", StepOutcome.NotFound)]
    public void Content_is_of_an_allowed_format_by_its_bytes_only_where_all_of_it_was_read(string name, StepOutcome outcome)
    {
        var (end, _, _) = Compared(Built with { ChecksFormats = true }, p => Spoil(p, name), Page, Page);
        Assert.True(end.Outcome == outcome, $"{end}");
    }

    /// <summary>A file of content with the right value in it is no metadata, whether a profile is named or not.</summary>
    [Fact]
    public void Without_a_profile_the_usual_one_is_read_by()
    {
        Action<DraftPackage> beside = p =>
        {
            p.Set("apply_name", "另一家");
            p.Others.Add(("过程文件/另.xml", "<a><apply_name>样例商行1</apply_name></a>"u8.ToArray()));
        };
        var (end, work, notes) = Compared(Beside with { Profile = null }, beside, Page, Page);
        Assert.True(end.Outcome == StepOutcome.Contradicted && work.Differences.Count == 1, $"{end}");
        Assert.Contains(notes.Seen, s => s.Contains("按 p-zwfw 读", StringComparison.Ordinal));
        Assert.Contains("请写 方案", Compared(Beside with { Profile = null }, p => p.MetadataName = "别的.xml", Page, Page).End.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_was_not_compared_in_every_source_leaves_the_step_open_unless_something_differs()
    {
        (Action<DraftPackage> Change, Func<Dictionary<string, string>> Page, Func<Dictionary<string, string>> Answer, StepOutcome Outcome)[] all =
        [
            (_ => { }, () => Page, () => Page, StepOutcome.Done),
            (p => p.Set("apply_name", ""), () => Page, () => Page, StepOutcome.Contradicted),
            (p => p.Fields.RemoveAll(f => f.Name == "apply_name"), () => Page, () => Page, StepOutcome.NotFound),
            (_ => { }, () => Without(Page, "申请人"), () => Page, StepOutcome.NotFound),
            (_ => { }, () => Page, () => Without(Page, "申请人"), StepOutcome.NotFound),
            (_ => { }, () => new(Page, StringComparer.Ordinal) { ["申请人"] = "样例商*" }, () => Page, StepOutcome.NotFound),
            (p => p.Set("project_name", "另一件"), () => Page, () => Without(Page, "申请人"), StepOutcome.Contradicted),
        ];
        Assert.All(all, one =>
        {
            var (end, _, _) = Compared(Beside, one.Change, one.Page(), one.Answer());
            Assert.True(end.Outcome == one.Outcome, $"{end}");
        });
    }

    [Fact]
    public void Values_of_a_masked_label_are_told_of_no_source()
    {
        var (end, work, notes) = Compared(Beside, _ => { }, new(Page, StringComparer.Ordinal) { ["申请人"] = "甲某某" }, new(Page, StringComparer.Ordinal) { ["申请人"] = "乙某某" });
        Assert.Equal(StepOutcome.Contradicted, end.Outcome);
        Assert.Equal(2, work.Differences.Count);
        string[] told = [.. notes.Seen.Select(work.Covered), .. work.Differences.Select(d => $"{d}"), work.Covered(end.Note)];
        Assert.All(told, t => Assert.DoesNotContain("样例商行1", t, StringComparison.Ordinal));
        Assert.All(told, t => Assert.DoesNotContain("某某", t, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Without(Dictionary<string, string> page, string label) => page.Where(p => p.Key != label).ToDictionary(StringComparer.Ordinal);

    private static void Spoil(DraftPackage package, string name)
    {
        switch (name)
        {
            case "damaged":
                package.Package = z => ZipPatching.WrongCrc(z, "决定书.ofd");
                break;
            case "shorter":
                package.Package = z => ZipPatching.ShortLength(z, "决定书.ofd");
                break;
            case "surplus":
                package.Others.Add(("过程文件/草稿.txt", [1]));
                break;
            case "missing":
                package.Files[1].IsWritten = false;
                break;
            case "truncated":
                package.Package = z => z[..(z.Length / 2)];
                break;
            case "nothing":
                package.Files.Clear();
                break;
            case "unreadable":
                package.Steps[0] = ("1", "2026-02-01 09:00:00", "\u0001");
                break;
            case "program":
                package.Files[1].Bytes = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, .. new byte[100]];
                break;
            case "swollen":
                package.Files[1].Bytes = new byte[8 * 1024 * 1024];
                break;
        }
    }

    private static ((StepOutcome Outcome, string Note) End, FlowWork Work, StepNotes Notes) Compared(FlowPackage asked, Action<DraftPackage> change, Dictionary<string, string> page, Dictionary<string, string> answer)
    {
        using var folder = new TemporaryFolder();
        var batch = SampleBatch.Of(1);
        change(batch.Packages[0]);
        DraftWriter.Write(batch, folder.Path);
        File.Move(folder.File(batch.Packages[0].Name + ".zip"), folder.File("p.zip"));
        var work = new FlowWork(new BrowserFlow { Title = "对照", Steps = [], Masks = ["申请人"] }, folder.Path) { Profiles = Archiving.Tables.Packages };
        work.Keep("page", page);
        work.Keep("answer", answer);
        var notes = new StepNotes();
        try
        {
            new PackageTriangle(asked, work, notes, CancellationToken.None).Compare();
            return ((StepOutcome.Done, ""), work, notes);
        }
        catch (StepEndException end)
        {
            return ((end.Outcome, end.Message), work, notes);
        }
    }
}
