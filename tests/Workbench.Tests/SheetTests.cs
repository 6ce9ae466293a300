using System.Net;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>What 等级保护 asks people, answered on the pages.</summary>
public sealed class SheetTests : IAsyncLifetime, IDisposable
{
    private const string Rooms = "/p/pack/open/item?k=item&r=PES-PA-a";
    private const string Password = "/p/pack/open/item?k=case&r=6.4.1.1";

    private static readonly byte[] Paper = Encoding.UTF8.GetBytes(PaperText.Some);

    private readonly Bench _bench = new();
    private string _pack = "";

    public async Task InitializeAsync()
    {
        _bench.WithProtectionRules();
        _bench.Folder.Write("answers.yaml", "answers: demo\nitems:\n- {item: PES-TH-a, verdict: 不符合, by: 测试人员, organisation: 测试单位, on: 2026-02-01}\n");
        _pack = await _bench.PackAsync(more: "protectionLevel: 3\ndeployment: own-room\nprotection: {answers: answers.yaml}\n");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_item_is_answered_with_a_paper_and_what_is_sealed_says_the_same()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("open/item?k=item&amp;r=PES-PA-a\"", await visitor.PageAsync("/p/pack/open"), StringComparison.Ordinal);
        var proof = await visitor.ProofAsync(Rooms);
        using var bare = await visitor.SendAsync(Rooms, Fields(proof, 0, ("verdict", "Satisfied")));
        Assert.Equal(HttpStatusCode.SeeOther, bare.StatusCode);
        Assert.Contains("没有附证据，不计", Now(await visitor.PageAsync(Rooms)), StringComparison.Ordinal);
        using var saved = await visitor.SendAsync(Rooms, Fields(proof, 1, ("verdict", "Satisfied")), Paper);
        Assert.StartsWith("符合", Now(await visitor.PageAsync(Rooms)), StringComparison.Ordinal);
        using var sealing = await visitor.SendAsync("/p/pack/seal", [("proof", proof)]);
        Assert.Equal(HttpStatusCode.SeeOther, sealing.StatusCode);
        var made = _bench.Folder.File("packs/pack-answered-1");
        var follows = Assert.IsType<PackFollows>(await PackReview.OfAsync(made, Assert.IsType<PackIntact>(PackVerification.Verify(made)).Manifest, Bench.Tools));
        Assert.Equal(Verdict.Satisfied, Of(follows.Pack, "PES-PA-a").Verdict);
        Assert.Contains("符合", Now(await visitor.PageAsync(Rooms.Replace("/pack/", "/pack-answered-1/", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    /// <summary>The day of an answer comes after the day of the run.</summary>
    [Fact]
    public async Task A_high_risk_case_somebody_confirms_later_counts_and_no_lowering_that_the_guide_does_not_know()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(Password);
        using var odd = await visitor.SendAsync(Password, Fields(proof, 0, ("claim", "Mitigated"), ("mitigation", "goodwill")), Paper);
        Assert.Contains("没有给这一项这个降低条件", Now(await visitor.PageAsync(Password)), StringComparison.Ordinal);
        using var half = await visitor.SendAsync(Password, Fields(proof, 1, ("claim", "Mitigated")), Paper);
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
        using var present = await visitor.SendAsync(Password, Fields(proof, 1, ("claim", "Present")));
        Assert.Contains("确认存在", Now(await visitor.PageAsync(Password)), StringComparison.Ordinal);
        using var store = StatementStore.Of(_pack, _bench.Clock);
        Assert.Equal(1, AnsweredPack.Judge(_pack, store, Bench.Tools).Judgement.Protection!.MajorConfirmed);
    }

    [Fact]
    public async Task What_the_answers_file_said_is_not_washed_away()
    {
        const string form = "/p/pack/open/item?k=item&r=PES-TH-a";
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(Rooms);
        using var refused = await visitor.SendAsync(form, Fields(proof, 0, ("verdict", "Satisfied")), Paper);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("不能改变它", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_pack + StatementStore.Suffix));
    }

    [Theory]
    [InlineData("/p/pack/open/item?k=item&r=NO-SUCH-a")]
    [InlineData("/p/pack/open/item?k=item&r=PES-PA-a&t=nothing")]
    [InlineData("/p/pack/open/item?k=case&r=9.9.9.9")]
    [InlineData("/p/pack/open/item?k=other&r=PES-PA-a")]
    public async Task What_is_not_asked_cannot_be_answered(string form)
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        await visitor.PageAsync(form, HttpStatusCode.NotFound);
    }

    private static (string, string)[] Fields(string proof, int version, params (string, string)[] more) =>
        [("proof", proof), ("version", $"{version}"), ("by", "测试人员"), ("organisation", "测试单位"), ("on", "2026-03-03"), ("statement", "看过"), .. more];

    private static ItemJudgement Of(EvidencePack pack, string item) => pack.Judgement.Protection!.Items.Single(i => i.Key == item);

    private static string Now(string page) => page[(page.IndexOf("id=\"now\">", StringComparison.Ordinal) + 9)..];
}
