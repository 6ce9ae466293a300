using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A log of statements may be a stranger's.</summary>
public sealed class StatementReadingTests : IDisposable
{
    private static readonly StatementItem Item = new(StatementKind.Attestation, "A-1", "demo");
    private static readonly Candidate Someone = new() { Id = "demo", Name = "演示", Kind = SystemKind.Other, IsClassified = false };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_word_of_an_item_holds_and_a_withdrawn_one_is_none()
    {
        Write(Said(1, Verdict.NotSatisfied), Said(2, Verdict.Satisfied));
        Assert.Equal(Verdict.Satisfied, Assert.Single(StatementReading.Merge(Someone, _folder.Path).Attestations).Verdict);
        Write(Said(1, Verdict.NotSatisfied), Said(2, Verdict.Satisfied) with { Attestation = null });
        Assert.Empty(StatementReading.Merge(Someone, _folder.Path).Attestations);
    }

    [Fact]
    public void A_log_that_is_not_ours_is_refused()
    {
        var good = Said(1, Verdict.Satisfied);
        foreach (var entries in new Statement[][]
        {
            [good, good],
            [Said(2, Verdict.Satisfied)],
            [good, Said(2, Verdict.Satisfied) with { SavedAt = good.SavedAt.AddSeconds(-1) }],
            [good with { Attestation = good.Attestation! with { RequirementId = "B-1" } }],
            [good with { Attestation = good.Attestation! with { Id = "other" } }],
            [good with { Attestation = good.Attestation! with { Verdict = Verdict.NeedsReview } }],
            [good with { Attestation = good.Attestation! with { Verdict = Verdict.NotApplicable, Statement = null } }],
            [good with { Attestation = good.Attestation! with { On = new DateOnly(2030, 1, 1) } }],
            [good with { Attestation = good.Attestation! with { By = " " } }],
            [good with { Attestation = good.Attestation! with { Organisation = new string('长', 300) } }],
            [good with { Files = [new StatementFile("a", "../../etc/passwd", 1)] }],
            [good with { Files = [new StatementFile("a", new string('A', 64), 1)] }],
        })
        {
            Write(entries);
            Assert.Throws<PackException>(() => StatementReading.Read(_folder.Path));
        }

        foreach (var text in new[] { "", "{", "null", "[]", "{\"entries\":null}", "{\"entries\":[null]}", "{\"entries\":[{}]}", new string('[', 10_000) })
        {
            _folder.Write(StatementReading.LogFile, text);
            Assert.Throws<PackException>(() => StatementReading.Read(_folder.Path));
        }
    }

    [Fact]
    public void A_name_of_candidate_yaml_is_not_taken_over()
    {
        Write(Said(1, Verdict.Satisfied));
        var own = Someone with { Attestations = [Said(1, Verdict.NotSatisfied).Attestation!] };
        Assert.Throws<PackException>(() => StatementReading.Merge(own, _folder.Path));
    }

    [Fact]
    public void A_log_beside_a_pack_must_continue_its_own_and_have_one_writer()
    {
        var pack = Directory.CreateDirectory(_folder.File("pack")).FullName;
        using var store = StatementStore.Of(pack, TimeProvider.System);
        Assert.IsType<Saved>(store.Save(Item, 0, Words(Verdict.NotSatisfied), [], []));
        Assert.IsType<Overtaken>(store.Save(Item, 0, Words(Verdict.NotSatisfied), [], []));
        Assert.IsType<Refused>(store.Save(Item, 1, new StatementWords { Attestation = Said(1, Verdict.NotSatisfied).Attestation! with { By = "" } }, [], []));
        using var second = StatementStore.Of(pack, TimeProvider.System);
        Assert.Throws<PackException>(() => second.Save(Item, 1, StatementWords.Withdrawal, [], []));

        // Left behind by a server that was killed while writing: not the log, and no trouble.
        File.WriteAllText(Path.Combine(store.Folder, StatementReading.LogFile + ".new"), "{\"entr");
        Assert.Single(store.Read().Entries);

        Directory.CreateDirectory(Path.Combine(pack, PackLayout.Statements));
        File.WriteAllText(Path.Combine(pack, PackLayout.Statements, StatementReading.LogFile), JsonSerializer.Serialize(new StatementLog([Said(1, Verdict.Satisfied)]), ObservationJson.Options));
        Assert.Throws<PackException>(store.Read);
    }

    [Fact]
    public void What_could_not_be_read_again_is_refused_and_what_was_said_stays()
    {
        var pack = Directory.CreateDirectory(_folder.File("pack")).FullName;
        using var store = StatementStore.Of(pack, TimeProvider.System);
        var full = Enumerable.Range(0, 20_000).Select(i => new Statement { Version = 1, SavedAt = Runs.Now, Item = new StatementItem(StatementKind.Attestation, $"A-{i}", null) }).ToList();
        _folder.Write($"pack{StatementStore.Suffix}/{StatementReading.LogFile}", JsonSerializer.Serialize(new StatementLog(full), ObservationJson.Options));
        Assert.Contains("20000", Assert.IsType<Refused>(store.Save(Item, 0, Words(Verdict.NotSatisfied), [("a.txt", new byte[10])], [])).Why, StringComparison.Ordinal);
        Assert.Equal(20_000, store.Read().Entries.Count);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(store.Folder, StatementReading.FilesFolder)));
    }

    private void Write(params Statement[] entries) => _folder.Write(StatementReading.LogFile, JsonSerializer.Serialize(new StatementLog(entries), ObservationJson.Options));

    private static StatementWords Words(Verdict verdict) => new() { Attestation = Said(1, verdict).Attestation };

    private static Statement Said(int version, Verdict verdict) => new()
    {
        Version = version,
        SavedAt = Runs.Now,
        Item = Item,
        Attestation = new Attestation { Id = Item.Id, RequirementId = "A-1", TargetId = "demo", Verdict = verdict, By = "测试人员", Organisation = "测试单位", On = new DateOnly(2026, 3, 1) },
    };
}
