using System.Net;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Pipeline.Tests;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>What becomes of an answer: judged at once, kept through everything, sealed into a pack that verifies.</summary>
public sealed class AnswerTests : IAsyncLifetime, IDisposable
{
    private const string People = "/p/pack/open/item?r=PEOPLE-01&t=demo";
    private static readonly byte[] Paper = Encoding.UTF8.GetBytes($"%PDF-1.4 {PaperText.Some}\nstartxref\n0\n%%EOF\n");

    private readonly Bench _bench = new();
    private string _pack = "";

    public async Task InitializeAsync() => _pack = await _bench.PackAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_answer_with_a_paper_changes_the_verdict_and_outlives_the_server()
    {
        await using (var server = await _bench.ServeAsync(_pack))
        {
            using var visitor = await Visitor.EnterAsync(server);
            using var saved = await visitor.AnswerAsync(People, await visitor.ProofAsync(People), 0, "Satisfied", Paper);
            Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
            Assert.Contains("符合（人工确认）", await visitor.PageAsync(People), StringComparison.Ordinal);
        }

        await using var again = await _bench.ServeAsync(_pack);
        using var other = await Visitor.EnterAsync(again);
        var page = await other.PageAsync(People);
        Assert.Contains("符合（人工确认）", page, StringComparison.Ordinal);
        Assert.Contains("值班制度.pdf", page, StringComparison.Ordinal);
        Assert.IsType<PackIntact>(PackVerification.Verify(_pack));
    }

    [Fact]
    public async Task Without_a_paper_or_with_a_blank_one_a_good_answer_is_only_on_record()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var bare = await visitor.AnswerAsync(People, proof, 0, "Satisfied");
        Assert.Contains("待人工（只能人工判断）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        using var blank = await visitor.AnswerAsync(People, proof, 1, "Satisfied", new byte[4096]);
        Assert.Contains("待人工（只能人工判断）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        using var small = await visitor.AnswerAsync(People, proof, 2, "Satisfied", "好"u8.ToArray());
        Assert.Contains("待人工（只能人工判断）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        using var bad = await visitor.AnswerAsync(People, proof, 3, "NotSatisfied");
        Assert.Contains("不符合（人工确认）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_that_was_changed_on_the_disk_carries_nothing_any_more()
    {
        await using (var server = await _bench.ServeAsync(_pack))
        {
            using var visitor = await Visitor.EnterAsync(server);
            using var saved = await visitor.AnswerAsync(People, await visitor.ProofAsync(People), 0, "Satisfied", Paper);
        }

        File.AppendAllText(Directory.EnumerateFiles(Path.Combine(_pack + StatementStore.Suffix, "files")).Single(), "x");
        await using var again = await _bench.ServeAsync(_pack);
        using var other = await Visitor.EnterAsync(again);
        Assert.Contains("待人工", Now(await other.PageAsync(People)), StringComparison.Ordinal);
    }

    /// <summary>The server runs on, and the file keeps its length.</summary>
    [Fact]
    public async Task A_paper_that_is_changed_while_it_is_looked_at_carries_nothing_and_is_not_handed_out()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var saved = await visitor.AnswerAsync(People, await visitor.ProofAsync(People), 0, "Satisfied", Paper);
        Assert.Contains("符合（人工确认）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        var file = Directory.EnumerateFiles(Path.Combine(_pack + StatementStore.Suffix, "files")).Single();
        var address = $"/p/pack/attachment?h={Path.GetFileName(file)}";
        Assert.Equal(Paper, await visitor.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative)));
        await File.WriteAllBytesAsync(file, [.. Paper[..^1], (byte)'!']);
        Assert.Contains("待人工", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        using var changed = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, changed.StatusCode);
    }

    [Fact]
    public async Task A_file_of_this_tool_is_no_paper()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var saved = await visitor.AnswerAsync(People, await visitor.ProofAsync(People), 0, "Satisfied", Encoding.UTF8.GetBytes($"# {PaperText.Some}\ncandidate: demo\n"), fileName: "说明.txt");
        Assert.Contains("待人工", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measured_verdict_is_not_answered_away()
    {
        const string measured = "/p/pack/open/item?r=GREET-01&t=endpoint%3Aportal";
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        Assert.Contains("人工确认不能改变它", await visitor.PageAsync(measured), StringComparison.Ordinal);
        using var refused = await visitor.AnswerAsync(measured, await visitor.ProofAsync(People), 0, "Satisfied", Paper);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("人工确认不能改变它", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_pack + StatementStore.Suffix));
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_the_second_is_told_and_nothing_is_lost()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var first = await visitor.AnswerAsync(People, proof, 0, "NotSatisfied");
        using var second = await visitor.AnswerAsync(People, proof, 0, "Satisfied", Paper);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("别处刚刚改过这一项", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("不符合（人工确认）", Now(await visitor.PageAsync(People)), StringComparison.Ordinal);
        using var third = await visitor.AnswerAsync(People, proof, 1, "Satisfied", Paper);
        Assert.Equal(HttpStatusCode.SeeOther, third.StatusCode);
        Assert.Equal(2, StatementReading.Read(_pack + StatementStore.Suffix).Entries.Count);
    }

    /// <summary>What was ticked is shown again as it was ticked, beside files that came meanwhile.</summary>
    [Fact]
    public async Task After_a_conflict_the_boxes_are_as_they_were_sent()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var first = await visitor.AnswerAsync(People, proof, 0, "Satisfied", Paper);
        var mine = Path.GetFileName(Directory.EnumerateFiles(Path.Combine(_pack + StatementStore.Suffix, "files")).Single());
        using var meanwhile = await visitor.AnswerAsync(People, proof, 1, "Satisfied", [.. Paper, (byte)'\n']);
        var theirs = StatementReading.Read(_pack + StatementStore.Suffix).Entries[^1].Files.Single().Sha256;
        using var body = new FormUrlEncodedContent([new("proof", proof), new("version", "1"), new("verdict", "Partial"), new("by", "甲"), new("organisation", "乙"), new("on", "2026-03-03"), new("keep", mine)]);
        using var conflict = await visitor.Client.PostAsync(new Uri(People, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        var page = await conflict.Content.ReadAsStringAsync();
        var boxes = page.Split("<input ").Where(b => b.Contains("name=\"keep\"", StringComparison.Ordinal)).Select(b => b[..b.IndexOf('>', StringComparison.Ordinal)]).ToList();
        Assert.Contains(" checked", Assert.Single(boxes, b => b.Contains(mine, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(" checked", Assert.Single(boxes, b => b.Contains(theirs, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.AnswerAsync(People, proof, 0, "NotSatisfied")));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Single(StatementReading.Read(_pack + StatementStore.Suffix).Entries);
        answers.ToList().ForEach(a => a.Dispose());
    }

    [Fact]
    public async Task A_pack_sealed_with_answers_verifies_and_says_the_same()
    {
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        var proof = await visitor.ProofAsync(People);
        using var saved = await visitor.AnswerAsync(People, proof, 0, "Satisfied", Paper);
        using var body = new FormUrlEncodedContent([new("proof", proof)]);
        using var answer = await visitor.Client.PostAsync(new Uri("/p/pack/seal", UriKind.Relative), body);
        Assert.Equal("/p/pack-answered-1/", answer.Headers.Location!.ToString());
        var made = _bench.Folder.File("packs/pack-answered-1");
        var intact = Assert.IsType<PackIntact>(PackVerification.Verify(made));
        var follows = Assert.IsType<PackFollows>(await PackReview.OfAsync(made, intact.Manifest, Bench.Tools));
        Assert.Equal(Verdict.Satisfied, follows.Pack.Judgement.Judgements.Single(j => j.RequirementId == "PEOPLE-01").Verdict);
        Assert.Equal(["report.html", "findings.sarif", "junit.xml"], follows.Reports);
        Assert.Equal(["run.log"], follows.NotRedone);
        Assert.Equal(Assert.IsType<PackIntact>(PackVerification.Verify(_pack)).Manifest.Signer.Fingerprint, follows.RunSigner!.Fingerprint);
        var forged = ForgedPack.Of(made, _bench.Folder.File("packs/forged"), (path, bytes) => path == "run.log" ? [.. bytes, (byte)'x'] : bytes);
        Assert.Equal("run.log", Assert.IsType<PackContradicts>(await PackReview.OfAsync(forged, null, Bench.Tools)).Path);
        Assert.Contains("符合（人工确认）", await visitor.PageAsync("/p/pack-answered-1/open/item?r=PEOPLE-01&t=demo"), StringComparison.Ordinal);
        Assert.IsType<PackIntact>(PackVerification.Verify(_pack));
    }

    /// <summary>A shop of evaluators signs with its own key.</summary>
    [Fact]
    public async Task What_is_sealed_here_bears_the_key_that_was_given()
    {
        using var key = Sm2PrivateKey.Generate();
        await using var server = await _bench.ServeAsync(_pack, key);
        using var visitor = await Visitor.EnterAsync(server);
        using var sealing = await visitor.SendAsync("/p/pack/seal", [("proof", await visitor.ProofAsync(People))]);
        Assert.Equal(HttpStatusCode.SeeOther, sealing.StatusCode);
        var signer = Assert.IsType<PackIntact>(PackVerification.Verify(_bench.Folder.File("packs/pack-answered-1"), key.PublicKey)).Manifest.Signer;
        Assert.False(signer.IsPackLocal);
    }

    [Fact]
    public async Task A_material_is_confirmed_with_the_paper_itself()
    {
        var form = $"/p/pack/open/item?r={Uri.EscapeDataString("C-1/测评报告")}";
        await using var server = await _bench.ServeAsync(_pack);
        using var visitor = await Visitor.EnterAsync(server);
        using var saved = await visitor.AnswerAsync(form, await visitor.ProofAsync(form), 0, "Satisfied", Paper);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Contains("已由人工确认", await visitor.PageAsync("/p/pack/clauses"), StringComparison.Ordinal);
    }

    /// <summary>That it falls short, or that none is asked for, can be said all the same.</summary>
    [Fact]
    public async Task A_material_whose_file_was_measured_unfit_is_not_confirmed()
    {
        var form = $"/p/unfit/open/item?r={Uri.EscapeDataString("C-1/测评报告")}";
        _bench.Folder.Write("papers/report.txt", "bad");
        var unfit = await _bench.PackAsync("unfit", more: "materials:\n- {id: report, kind: 测评报告, path: papers/report.txt}\n");
        await using var server = await _bench.ServeAsync(unfit);
        using var visitor = await Visitor.EnterAsync(server);
        var page = await visitor.PageAsync(form);
        Assert.Contains("人工确认不能改变它", page, StringComparison.Ordinal);
        Assert.All(new[] { "\"Satisfied\"", "\"Partial\"" }, v => Assert.DoesNotContain($"value={v}", page, StringComparison.Ordinal));
        var proof = await visitor.ProofAsync(form);
        using var refused = await visitor.AnswerAsync(form, proof, 0, "Satisfied", Paper);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.False(Directory.Exists(unfit + StatementStore.Suffix));
        using var saved = await visitor.AnswerAsync(form, proof, 0, "NotApplicable", Paper);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Contains("已由人工确认", Now(await visitor.PageAsync(form)), StringComparison.Ordinal);
    }

    /// <summary>What people said beside the earlier pack is judged by the rules of now as well; otherwise its absence is taken for the rules' doing.</summary>
    [Fact]
    public async Task An_answer_beside_the_earlier_pack_is_compared_with_it_under_other_rules()
    {
        await using (var server = await _bench.ServeAsync(_pack))
        {
            using var visitor = await Visitor.EnterAsync(server);
            using var saved = await visitor.AnswerAsync(People, await visitor.ProofAsync(People), 0, "NotSatisfied");
        }

        var rules = _bench.Folder.File("rulesets/tls/people.yaml");
        await File.WriteAllTextAsync(rules, (await File.ReadAllTextAsync(rules)).Replace("version: \"1\"", "version: \"2\"", StringComparison.Ordinal));
        _ = await _bench.PackAsync("second");
        await using var shelf = await _bench.ServeAsync(_bench.Folder.File("packs"));
        using var reader = await Visitor.EnterAsync(shelf);
        var page = await reader.PageAsync("/p/second/compare?with=pack");
        Assert.Contains("规则不同：", page, StringComparison.Ordinal);
        Assert.Contains("<h2>这次没有结论（1）</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>规则不同", page, StringComparison.Ordinal);
    }

    private static string Now(string page) => page[page.IndexOf("id=\"now\"", StringComparison.Ordinal)..];
}
