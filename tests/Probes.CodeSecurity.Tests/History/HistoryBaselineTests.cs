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
        Assert.Equal((0, 0), (plain.Doubts.Count, plain.WithoutDefect.Value.Count));
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

    private static ProbeContext Context(SourceTree tree, KeptEvidence evidence)
    {
        var plain = ProbeContexts.For(evidence, tree);
        return new ProbeContext
        {
            Scope = plain.Scope, Dialer = plain.Dialer, Tools = plain.Tools, Shells = plain.Shells, Evidence = plain.Evidence, Redactor = plain.Redactor,
            Clock = TimeProvider.System, Log = plain.Log, Shared = new SharedWork(), Tables = new ProbeTables { Secrets = Tables.Secrets, Patterns = ShippedPatterns.Tables, Engines = Analyzing.Tables },
        };
    }
}
