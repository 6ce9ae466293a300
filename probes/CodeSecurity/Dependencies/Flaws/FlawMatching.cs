using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What comparing components with published flaws came to.</summary>
/// <param name="Flaws">In order of severity, then component.</param>
/// <param name="Undecided">Components with records of which it could not be told whether they apply: <c>name: why</c>.</param>
internal sealed record FlawFindings(IReadOnlyList<ComponentFlaw> Flaws, IReadOnlyList<string> Undecided);

/// <summary>Compares the versions that are used with those that records name.</summary>
internal static class FlawMatching
{
    public static FlawFindings Against(OsvDump dump, IReadOnlyList<CodeComponent> components) =>
        Gather(components, c => dump.Of(PackageNames.Key(c.Ecosystem, c.Name)).Select(r => (r, r.Id, r.Aliases, r.Title, r.Severity)));

    /// <summary>Against the short list that comes with the tool.</summary>
    public static FlawFindings Against(IReadOnlyList<KnownFlawTable> tables, IReadOnlyList<CodeComponent> components)
    {
        var byName = tables.SelectMany(t => t.Flaws).ToLookup(f => PackageNames.Key(f.Ecosystem, f.Name), StringComparer.Ordinal);
        return Gather(components, c => byName[PackageNames.Key(c.Ecosystem, c.Name)].Select(f => (Record(f), f.Id, (IReadOnlyList<string>)[], f.Title, (Severity?)f.Severity)));
    }

    private static OsvRecord Record(KnownFlaw flaw) =>
        new(flaw.Id, [], flaw.Title, flaw.Severity, PackageNames.Key(flaw.Ecosystem, flaw.Name), flaw.Ecosystem, [.. flaw.Ranges.Select(Events)], []);

    private static IReadOnlyList<OsvEvent> Events(FlawRange range) =>
        range.Fixed is { } end ? [new OsvEvent("introduced", range.From ?? "0"), new OsvEvent("fixed", end)] : [new OsvEvent("introduced", range.From ?? "0")];

    private static FlawFindings Gather(IReadOnlyList<CodeComponent> components, Func<CodeComponent, IEnumerable<(OsvRecord Record, string Id, IReadOnlyList<string> Aliases, string Title, Severity? Severity)>> records)
    {
        var flaws = new List<ComponentFlaw>();
        var undecided = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var component in components)
        {
            foreach (var (record, id, aliases, title, severity) in records(component))
            {
                if (component.Version is not { } version)
                {
                    undecided.Add($"{component.Name}：版本不知道（{component.File}）");
                    break;
                }

                switch (record.Affects(version))
                {
                    case true:
                        flaws.Add(new ComponentFlaw
                        {
                            Id = id, Aliases = aliases, Ecosystem = component.Ecosystem, Component = component.Name, Version = version, Fixed = record.FixFor(version),
                            Severity = severity, Title = title, File = component.File, Line = component.Line,
                        });
                        break;
                    case null:
                        undecided.Add($"{component.Name} {version}：与 {id} 的版本范围无法比较");
                        break;
                }
            }
        }

        return new FlawFindings(
            [.. flaws.DistinctBy(f => (f.Id, f.Component, f.Version, f.File)).OrderByDescending(f => f.Severity ?? Severity.Info).ThenBy(f => f.Component, StringComparer.Ordinal).ThenBy(f => f.Version, StringComparer.Ordinal).ThenBy(f => f.Id, StringComparer.Ordinal).ThenBy(f => f.File, StringComparer.Ordinal)],
            [.. undecided]);
    }
}
