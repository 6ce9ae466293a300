using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Observations as a table for people, one block a target. Field names carry the Chinese labels of the record.</summary>
internal static class ObservationTable
{
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, ProbeCatalogue probes)
    {
        foreach (var target in targets)
        {
            Terminal.Out.Write(new Rule(Markup.Escape(Printable.Of(target is Endpoint endpoint ? endpoint.Authority : target.DisplayName))) { Justification = Justify.Left });
            var own = records.Where(r => r.TargetId == target.TargetId).ToList();
            var same = own.Where(r => r.Outcome is Unable).GroupBy(r => ((Unable)r.Outcome).Message, StringComparer.Ordinal).Where(g => g.Count() > 2).ToList();
            foreach (var record in own.Where(r => r.Outcome is not NotNeeded && !same.Exists(g => g.Contains(r))))
            {
                Write(record, probes.Find(record.ProbeId)!.Manifest);
            }

            same.ForEach(g => WriteOnce(g, probes));
            WriteNotNeeded([.. own.Where(r => r.Outcome is NotNeeded)], probes);
        }
    }

    /// <summary>What many probes failed of is said once.</summary>
    private static void WriteOnce(IGrouping<string, ProbeRecord> failed, ProbeCatalogue probes)
    {
        var titles = failed.Select(r => probes.Find(r.ProbeId)!.Manifest.Title);
        Terminal.Out.Write(new Text(Printable.Of($"未核验（{failed.Count()} 项）：{failed.Key}\n  {string.Join("、", titles)}\n")));
    }

    private static void WriteNotNeeded(IReadOnlyList<ProbeRecord> spared, ProbeCatalogue probes)
    {
        foreach (var reason in spared.GroupBy(r => ((NotNeeded)r.Outcome).Why, StringComparer.Ordinal))
        {
            var titles = reason.Select(r => probes.Find(r.ProbeId)!.Manifest.Title);
            Terminal.Out.Write(new Text(Printable.Of($"{Verdict.NotApplicable.Name()}：{string.Join("、", titles)}——{reason.Key}\n")));
        }
    }

    private static void Write(ProbeRecord record, ProbeManifest manifest)
    {
        var table = new Table().Border(TableBorder.Rounded).Expand().Title(Markup.Escape(manifest.Title));
        table.AddColumn(new TableColumn("观测项").NoWrap());
        table.AddColumn("结果");
        switch (record.Outcome)
        {
            case Observed observed:
                foreach (var observation in observed.Observations)
                {
                    AddFacts(table, manifest, observation);
                }

                break;
            case Unable unable:
                table.AddRow(new Markup($"[yellow]未核验[/]"), new Text(Printable.Of($"{unable.Kind.Name()}:{unable.Message}")));
                break;
        }

        Terminal.Out.Write(table);
    }

    private static void AddFacts(Table table, ProbeManifest manifest, Observation observation)
    {
        var labels = FieldLabel.Of(manifest.Observes);
        if (SuiteRow.Read(observation) is { Count: > 0 } suites)
        {
            labels = [.. labels.Where(l => l.Field != SuiteRow.Field)];
            SuiteTable.AddTo(table, suites);
        }

        var facts = SeenFact.Read(labels, observation.Data);
        var absent = facts.Where(f => f.Value == SeenFact.Absent).Select(f => f.Label).ToList();
        foreach (var fact in facts.Where(f => f.Value != SeenFact.Absent))
        {
            table.AddRow(new Text(fact.Label), fact.Value is { } value ? new Text(Printable.Of(value)) : new Markup("[yellow]未观测[/]"));
        }

        if (absent.Count > 0)
        {
            table.AddRow(new Text("看过，没有"), new Text(Printable.Of(string.Join("、", absent))));
        }
    }
}
