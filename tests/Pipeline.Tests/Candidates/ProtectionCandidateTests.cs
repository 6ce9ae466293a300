using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>The three answers of candidate.yaml, the list of objects, and answers that travel with the pack.</summary>
public sealed class ProtectionCandidateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,title,kind,targets\r\npg,\"库, \"\"主\"\"\",database,endpoint:portal\r\n", false)]
    [InlineData("编号,名称,种类,目标\npg,\"库, \"\"主\"\"\",数据库,endpoint:portal\n\n", false)]
    [InlineData("编号,名称,种类,目标\npg,\"库, \"\"主\"\"\",数据库,endpoint:portal", true)]
    public void Objects_are_read_from_what_spreadsheets_save(string csv, bool isGb18030)
    {
        File.WriteAllBytes(_folder.File("objects.csv"), isGb18030 ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(csv) : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)]);
        var one = Assert.Single(Read("protection: {objects: objects.csv}\n").Protection.Objects);
        Assert.Equal(("pg", "库, \"主\"", AssetKind.Database, "endpoint:portal"), (one.Id, one.Title, one.Kind, Assert.Single(one.Targets)));
    }

    [Theory]
    [InlineData("id,title\na,b\n", "缺少 kind")]
    [InlineData("id,title,kind\nA B,b,server\n", "不合格")]
    [InlineData("id,title,kind\na,b,别的\n", "不认识")]
    [InlineData("id,title,kind,targets\na,b,server,host:nowhere\n", "不存在")]
    [InlineData("id,title,kind\na,b,server\na,c,server\n", "重复")]
    public void What_is_wrong_in_the_list_is_said_with_its_line(string csv, string says)
    {
        _folder.Write("objects.csv", csv);
        Assert.Contains(Faults("protection: {objects: objects.csv}\n"), f => f.Message.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("protection: {informationLevel: 2, serviceLevel: 2}\n", "protectionLevel 是 3")]
    [InlineData("protection: {informationLevel: 4}\n", "高于 protectionLevel")]
    [InlineData("protection: {extensions: [mars]}\n", "extensions")]
    [InlineData("protection: {answers: nowhere.yaml}\n", "读不了")]
    [InlineData("protection: {objects: /dev/zero}\n", "/dev/zero")]
    [InlineData("protection: [a]\n", "protection 不是")]
    [InlineData("protection: {level: 3}\n", "不认识的键 level")]
    public void Contradictions_are_named(string yaml, string says) => Assert.Contains(Faults(yaml), f => f.Message.Contains(says, StringComparison.Ordinal));

    [Fact]
    public void Random_lists_never_break_the_reader()
    {
        for (var seed = 1ul; seed < 300; seed++)
        {
            var dice = new SeededBytes(seed);
            const string letters = "\",\n\r;编号idkitle服务器\u0000x";
            var text = new string([.. Enumerable.Range(0, dice.Below(200)).Select(_ => letters[dice.Below(letters.Length)])]);
            _folder.Write("objects.csv", "id,title,kind\n" + text);
            try
            {
                _ = Read("protection: {objects: objects.csv}\n");
            }
            catch (InputFaultException faults)
            {
                Assert.NotEmpty(faults.Faults);
            }
        }
    }

    [Fact]
    public async Task Answers_and_their_attachments_travel_with_the_pack_and_are_judged_from_it()
    {
        using var runs = new Runs();
        var paper = PaperText.Some;
        runs.Folder.Write("答题/附件/签到.pdf", paper);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(paper)));
        runs.Folder.Write("答题/answers.yaml", $"answers: demo\nitems:\n- item: HRS-TN-a\n  verdict: 符合\n  by: 回答人\n  organisation: 单位\n  on: 2026-02-01\n  evidence:\n  - {{file: 附件/签到.pdf, sha256: {hash}}}\n  - {{file: 附件/没有.pdf, sha256: {hash}}}\n");
        var result = await runs.RunAsync(Runs.Yaml(Runs.Endpoint(1), "protection: {answers: 答题/answers.yaml}\n"));
        Assert.True(File.Exists(Path.Combine(result.Folder, "protection", "files", hash)));
        var (candidate, _, _) = PackReader.ReadObservations(result.Folder);
        Assert.Equal([AttachmentState.Present, AttachmentState.Present], candidate.Protection.Answers!.Answers[0].Evidence.Select(e => e.State));
        File.WriteAllText(Path.Combine(result.Folder, "protection", "files", hash), "别的");
        Assert.Equal(AttachmentState.Changed, PackReader.ReadObservations(result.Folder).Candidate.Protection.Answers!.Answers[0].Evidence[0].State);
        Assert.IsType<PackDiffers>(PackVerification.Verify(result.Folder));
    }

    private Candidate Read(string more) => CandidateReader.Read(YamlText.ReadMapping("candidate.yaml", Encoding.UTF8.GetBytes($"candidate: demo\nname: 演示\nkind: other\nclassified: false\nprotectionLevel: 3\nendpoints:\n- {{id: portal, address: \"https://127.0.0.1:1\"}}\n{more}")), _folder.Path, CandidateReading.ForRun);

    private IReadOnlyList<InputFault> Faults(string more) => Assert.Throws<InputFaultException>(() => Read(more)).Faults;
}
