using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Measuring a detector: our own one, one that is always green, one that refuses everything.</summary>
public sealed class EfficacyTests
{
    private static readonly DateOnly Day = new(2026, 11, 27);

    [Fact]
    public async Task Our_own_checks_refuse_every_defect_with_the_right_reason_and_no_clean_batch()
    {
        using var folder = new TemporaryFolder();
        var key = DefectSets.Write(Path.Combine(folder.Path, "sets"), "seed", Day, CancellationToken.None);
        var answers = new List<DetectorAnswer>();
        foreach (var set in key.Sets)
        {
            var (outcome, _) = await Archiving.SeenAsync(Archiving.Target(Path.Combine(folder.Path, "sets", set.Name)));
            var named = Archiving.Read(outcome).Items.Where(i => i.DifferenceCount > 0).Select(i => i.Id).ToList();
            answers.Add(new DetectorAnswer(set.Name, named.Count > 0, string.Join('、', named)));
        }

        var score = DetectorScore.Of(key, answers);
        Assert.True(score.Controls >= 6 && score.Defects >= 40, $"{score.Controls} {score.Defects}");
        Assert.Empty(score.FalseAlarms);
        Assert.Empty(score.Missed);
        Assert.Equal((score.Defects, score.Defects), (score.Killed, score.RightlyNamed));
        Assert.Equal(["真实性", "完整性", "可用性", "安全性"], score.ByNature.Select(g => g.Name));
    }

    [Fact]
    public async Task Results_that_candidate_yaml_names_are_scored_into_the_record()
    {
        using var folder = new TemporaryFolder();
        var key = DefectSets.Write(Path.Combine(folder.Path, "sets"), "seed", Day, CancellationToken.None);
        File.WriteAllBytes(folder.File("key.json"), key.ToFile());
        folder.Write("r.csv", "批次,判定,理由\n" + string.Concat(key.Sets.Skip(1).Select(s => $"{s.Name},不通过,{s.Item}\n")));
        var target = Archiving.Target(Path.Combine(folder.Path, "sets", key.Sets[0].Name)) with { DetectionResults = folder.File("r.csv"), DetectionKey = folder.File("key.json") };
        var found = (await Archiving.RecordAsync(target)).Detection!;
        Assert.Equal((found.Defects, found.Defects, found.Controls, 1), (found.Killed, found.RightlyNamed, found.FalseAlarms, found.Unanswered));
        Assert.Equal(["真实性", "完整性", "可用性", "安全性"], found.ByNature.Select(g => g.Name));
        Assert.Null((await Archiving.RecordAsync(target with { DetectionResults = null })).Detection);
        Assert.NotNull((await Archiving.RecordAsync(target with { DetectionKey = folder.File("r.csv") })).Detection!.Trouble);
    }

    [Fact]
    public async Task In_another_profile_every_batch_is_clean_or_wrong_by_that_profile()
    {
        using var folder = new TemporaryFolder();
        var usual = Archiving.Tables.Packages.First(p => p.File.Id == "p-zwfw");
        var own = usual with
        {
            File = usual.File with { Id = "p-own" }, Metadata = "元数据/著录.xml", Root = "著录", Deepest = 2, Process = usual.Process! with { Element = "环节", Code = "代码", Time = "时间", Actor = "经办人" },
            Files = new FileListing("文件", "文件名", "大小") { Format = "格式", Kind = "种类", Attachment = "附件", Digest = "摘要", Algorithm = "算法" },
            Folders = [new("01申请", true), new("02过程", false), new("03结果", true), new("元数据", true)], Documents = [], FileCount = "件内文件数",
            TransferList = usual.TransferList! with { Root = "目录", Element = "件", Id = "件号", Digest = "包摘要", Fields = ["件号", "包摘要", "title"] },
        };
        own = own with { Folders = [own.Folders[0], own.Folders[1], own.Folders[3], own.Folders[2]] };
        var scheme = Archiving.Tables.Schemes.First(s => s.File.Id == usual.Scheme);
        var (key, leftOut) = DefectSets.Write(Path.Combine(folder.Path, "sets"), "seed", Day, own, scheme with { Elements = [.. scheme.Elements.Where(e => e.Name is not ("total_number" or "unique_identifier" or "digital_summary"))] }, CancellationToken.None);
        Assert.True(key.Profile == "p-own" && key.Sets.Count(s => s.Item is null) >= 6 && key.Sets.Count(s => s.Item is not null) >= 40, $"{key.Sets.Count} {string.Join('、', leftOut)}");
        Assert.Equal(0, key.Sets.Count(s => leftOut.Contains(s.Title)));
        var clean = key.Sets.First(s => s.Item is null);
        var record = await Archiving.RecordAsync(Archiving.Target(Path.Combine(folder.Path, "sets", clean.Name)) with { OwnProfile = own });
        Assert.Equal(0, record.FolderStructure.DifferenceCount + record.FileReferences.DifferenceCount + record.PackageDigest.DifferenceCount + record.Fixity.DifferenceCount);
        Assert.True(record.FileReferences.Agrees.Value && record.Fixity.Agrees.Value, Archiving.Told(record));
        var impossible = own with { Documents = [new("必有.txt", true, ["题名"])] };
        Assert.Throws<InvalidDataException>(() => DefectSets.Write(Path.Combine(folder.Path, "no"), "seed", Day, impossible, scheme, CancellationToken.None));
    }

    [Fact]
    public void The_same_seed_writes_the_same_and_names_tell_nothing()
    {
        using var folder = new TemporaryFolder();
        var one = DefectSets.Write(Path.Combine(folder.Path, "a"), "甲", Day, CancellationToken.None);
        var two = DefectSets.Write(Path.Combine(folder.Path, "b"), "甲", Day, CancellationToken.None);
        var other = DefectSets.Write(Path.Combine(folder.Path, "c"), "乙", Day, CancellationToken.None);
        Assert.Equal(one.Sets.Select(s => (s.Name, s.Defect, s.Sm3)), two.Sets.Select(s => (s.Name, s.Defect, s.Sm3)));
        Assert.NotEqual(one.Sets.Select(s => s.Defect), other.Sets.Select(s => s.Defect));
        Assert.Throws<IOException>(() => DefectSets.Write(Path.Combine(folder.Path, "a"), "甲", Day, CancellationToken.None));
        var path = folder.Write("key.json", Encoding.UTF8.GetString(one.ToFile()));
        Assert.Equal(one.Sets.Select(s => s.Sm3), EfficacyKey.Read(path).Sets.Select(s => s.Sm3));
    }

    [Theory]
    [InlineData("通过", 0, 2, 0)]
    [InlineData("不通过", 1, 0, 2)]
    [InlineData("也许", 0, 0, 0)]
    public void What_is_always_said_is_worth_what_it_is(string word, int alarms, int missed, int killed)
    {
        using var folder = new TemporaryFolder();
        var key = Key();
        var path = folder.Write("r.csv", "批次,判定,理由\n" + string.Concat(key.Sets.Select(s => $"{s.Name},{word},\"11-9 号，1-90\"\n")));
        var score = DetectorScore.Of(key, DetectorAnswer.Read(path, CancellationToken.None));
        Assert.Equal((alarms, missed, killed, 0), (score.FalseAlarms.Count, score.Missed.Count, score.Killed, score.RightlyNamed));
        Assert.Equal(word == "也许" ? 3 : 0, score.Unanswered.Count);
    }

    [Fact]
    public void Two_answers_that_differ_are_none_and_tables_of_others_are_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var folder = new TemporaryFolder();
        var key = Key();
        File.WriteAllBytes(Path.Combine(folder.Path, "gbk.csv"), Encoding.GetEncoding("GB18030").GetBytes("批次\t判定\t理由\r\n批次001\t接收\t\r\n批次002\t退回\tGD-1-9 大小不符\r\n批次003\t通过\t\r\n批次003\t不通过\t2-4\r\n别的\t通过\t\r\n"));
        var score = DetectorScore.Of(key, DetectorAnswer.Read(Path.Combine(folder.Path, "gbk.csv"), CancellationToken.None));
        Assert.Equal((1, 1, 1, "批次003", "别的"), (score.Controls, score.Killed, score.RightlyNamed, Assert.Single(score.Unanswered), Assert.Single(score.Unknown)));
        var json = folder.Write("r.json", """[{"batch":"批次001","verdict":true},{"batch":"批次002","verdict":"FAIL","reason":"item 1-10"},{"x":1},7]""");
        var read = DetectorScore.Of(key, DetectorAnswer.Read(json, CancellationToken.None));
        Assert.Equal((1, 1, 1), (read.Controls, read.Killed, read.RightlyNamed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("[{")]
    [InlineData("批次,判定\n\"x")]
    public void What_is_no_table_is_said(string text)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("r.csv", text);
        Assert.Throws<InvalidDataException>(() => DetectorAnswer.Read(path, CancellationToken.None));
        Assert.Throws<InvalidDataException>(() => EfficacyKey.Read(path));
    }

    private static EfficacyKey Key() => new()
    {
        Format = EfficacyKey.FormatName, WrittenOn = Day, Profile = "p-zwfw", Seed = "s",
        Sets = [new("批次001", null, "干净", null, [], ""), new("批次002", "P14", "大小", "1-9", ["1-10"], ""), new("批次003", "P26", "空值", "2-4", [], "")],
    };
}
