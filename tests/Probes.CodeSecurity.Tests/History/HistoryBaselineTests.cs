using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What stands in a history takes part in the register of defects as what stands in the tree does.</summary>
public sealed class HistoryBaselineTests
{
    private const string First = "spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: Gov@2024x\n";
    private const string Clean = "spring:\n  datasource:\n    url: jdbc:dm://10.1.1.6:5236\n    password: ${DB_PASSWORD}\n";

    [SkippableFact]
    public async Task Findings_of_a_history_are_new_once_and_known_after()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        using var beside = new TemporaryFolder();
        await repository.CommitAsync(("a.yml", First));
        await repository.CommitAsync(("a.yml", Clean));
        var (before, baseline) = await RegisterAsync(repository.Path, null);
        Assert.Equal((1, 0), (before.Defects, before.Doubts.Count));

        var path = beside.File("baseline.json");
        await File.WriteAllBytesAsync(path, baseline);
        var (again, _) = await RegisterAsync(repository.Path, path);
        Assert.Equal((0, 1, 0), (again.New.Value.Count, again.Known.Value, again.VanishedCount.Value));
        Assert.Equal([BaselineStanding.Known], (await HistoryAsync(repository.Path, path)).Secrets.Select(d => d.Baseline!.Value));

        // The next password looks like the first where it is blackened: it is another leak all the same.
        await repository.CommitAsync(("a.yml", First.Replace("Gov@2024x", "Sun#7719q", StringComparison.Ordinal)));
        await repository.CommitAsync(("a.yml", Clean));
        var (later, _) = await RegisterAsync(repository.Path, path);
        Assert.Equal((1, 1, 2), (later.New.Value.Count, later.Known.Value, later.Defects));
    }

    [SkippableFact]
    public async Task What_was_not_asked_for_has_not_vanished_and_its_suppression_is_not_idle()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        using var beside = new TemporaryFolder();
        await repository.CommitAsync(("a.yml", First));
        await repository.CommitAsync(("a.yml", Clean));
        var path = beside.File("baseline.json");
        var (_, baseline) = await RegisterAsync(repository.Path, null);
        await File.WriteAllBytesAsync(path, baseline);
        var print = Assert.Single(CodeBaseline.Read(baseline).Defects).Fingerprint;
        var suppression = new DeclaredSuppression { Place = "s.yaml(1)", Fingerprint = print, Reason = "已更换", Reviewer = "评审组", Until = new DateOnly(2099, 12, 31) };

        var (asked, _) = await RegisterAsync(repository.Path, path, suppression: suppression);
        Assert.Equal((1, 0), (asked.Suppressed, asked.WithoutDefect.Value.Count));
        var (unasked, _) = await RegisterAsync(repository.Path, path, isAsked: false, suppression: suppression);
        Assert.False(unasked.VanishedCount.IsKnown);
        Assert.Contains("版本历史", Assert.Single(unasked.Doubts), StringComparison.Ordinal);
        var (plain, _) = await RegisterAsync(repository.Path, null, isAsked: false, suppression: suppression);
        Assert.Empty(plain.Doubts);
        Assert.False(plain.WithoutDefect.IsKnown);
        var (unmet, _) = await RegisterAsync(repository.Path, null, isAsked: false, suppression: suppression with { Fingerprint = null, Rule = "SEC-PWD-01", File = "a.yml", Code = "x" });
        Assert.Single(unmet.WithoutDefect.Value);
    }

    [SkippableFact]
    public async Task Other_commits_with_the_same_versions_are_the_same_findings_and_a_shallow_clone_calls_none_new()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        using var beside = new TemporaryFolder();
        await repository.CommitAsync(("a.yml", First));
        await repository.CommitAsync(("a.yml", First + "more: 1\n"));
        await repository.CommitAsync(("a.yml", Clean));
        var path = beside.File("baseline.json");
        await File.WriteAllBytesAsync(path, (await RegisterAsync(repository.Path, null)).Baseline);

        using var rebased = await GitRepository.CreateAsync();
        await rebased.CommitAsync(("README.md", "texts\n"));
        await rebased.CommitAsync(("a.yml", First));
        await rebased.CommitAsync(("a.yml", Clean));
        var (same, _) = await RegisterAsync(rebased.Path, path);
        Assert.Equal((0, 1, 0), (same.New.Value.Count, same.Known.Value, same.VanishedCount.Value));

        await repository.GitAsync("clone", "-q", "--depth", "2", "file://" + repository.Path, beside.File("shallow"));
        var (shallow, _) = await RegisterAsync(beside.File("shallow"), path);
        Assert.Equal((1, false, false, false), (shallow.Defects, shallow.New.IsKnown, shallow.Known.IsKnown, shallow.VanishedCount.IsKnown));
        Assert.Equal([null], (await HistoryAsync(beside.File("shallow"), path)).Secrets.Select(d => d.Baseline));
    }

    [SkippableFact]
    public async Task A_git_that_never_ends_is_a_doubt_of_the_register_and_nothing_more()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", First));
        var tree = new SourceTree { Id = "src", Path = repository.Path, History = true };
        var probe = new DefectRegisterProbe(new CSharpProbe(), new HistoryLimits(), TimeSpan.FromMilliseconds(300));
        var outcome = await probe.ObserveAsync(tree, Context(tree, new KeptEvidence(), new Endless()), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        var register = Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data.Deserialize<DefectRegister>(ObservationJson.Compact)!;
        Assert.Equal(1, register.Defects);
        Assert.Contains("时间到", Assert.Single(register.Doubts), StringComparison.Ordinal);
        Assert.Equal(["git"], probe.Manifest.Tools);
    }

    [SkippableFact]
    public async Task The_second_question_to_git_has_the_time_that_the_first_has_left()
    {
        Skip.If(RequiredTool.IsMissing("git"));
        using var repository = await GitRepository.CreateAsync();
        await repository.CommitAsync(("a.yml", First));
        var slow = new Slow();
        using var store = GitStore.Open(repository.Path, slow, out _)!;
        _ = await GitListing.OfAsync(store, TimeSpan.FromMinutes(10), slow.Clock, CancellationToken.None);
        Assert.Equal([10, 6], slow.Given.Select(t => (int)t.TotalMinutes));
    }

    private static async Task<(DefectRegister Register, byte[] Baseline)> RegisterAsync(string path, string? baseline, bool isAsked = true, DeclaredSuppression? suppression = null)
    {
        var evidence = new KeptEvidence();
        var tree = new SourceTree { Id = "src", Path = path, History = isAsked, Baseline = baseline, Suppressions = suppression is null ? [] : [suppression] };
        var outcome = await new DefectRegisterProbe().ObserveAsync(tree, Context(tree, evidence), CancellationToken.None);
        return (Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data.Deserialize<DefectRegister>(ObservationJson.Compact)!, Assert.Single(evidence.Files).Value);
    }

    private static async Task<SecretHistory> HistoryAsync(string path, string baseline)
    {
        var tree = new SourceTree { Id = "src", Path = path, History = true, Baseline = baseline };
        var outcome = await new SecretHistoryProbe().ObserveAsync(tree, Context(tree, new KeptEvidence()), CancellationToken.None);
        return Assert.Single(Assert.IsType<Observed>(outcome).Observations).Data.Deserialize<SecretHistory>(ObservationJson.Compact)!;
    }

    private static ProbeContext Context(SourceTree tree, KeptEvidence evidence, IToolRunner? tools = null)
    {
        var plain = ProbeContexts.For(evidence, tree);
        return new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = tools ?? plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = TimeProvider.System, Log = plain.Log, Shared = new SharedWork(), Tables = new ProbeTables { Secrets = Tables.Secrets, Patterns = ShippedPatterns.Tables, Engines = Analyzing.Tables, Flows = FlowCase.Tables },
        };
    }

    private sealed class Endless : IToolRunner
    {
        public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class Slow : IToolRunner
    {
        private readonly ProcessToolRunner _tools = new();

        public SteppedClock Clock { get; } = new();

        public List<TimeSpan> Given { get; } = [];

        public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
        {
            Given.Add(call.Timeout);
            Clock.Passed += TimeSpan.FromMinutes(4);
            return await _tools.RunAsync(call with { Timeout = TimeSpan.FromMinutes(1) }, cancellationToken);
        }
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
