using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>An OSV record (ossf.github.io/osv-schema) as far as one package needs it.</summary>
/// <param name="Id">Of the record.</param>
/// <param name="Aliases">Other ids of the same flaw.</param>
/// <param name="Title">At most 200 characters.</param>
/// <param name="Severity">Null where it is only a vector.</param>
/// <param name="Key">Of the package.</param>
/// <param name="Ecosystem">Whose versions these are.</param>
/// <param name="Ranges">Events of each range in the order written; ranges over commits left out.</param>
/// <param name="Versions">Named one by one.</param>
internal sealed record OsvRecord(string Id, IReadOnlyList<string> Aliases, string Title, Severity? Severity, string Key, string Ecosystem, IReadOnlyList<IReadOnlyList<OsvEvent>> Ranges, IReadOnlyList<string> Versions)
{
    private const int Most = 20_000;

    /// <summary>Something it says of versions was left out: it has ranges over commits alone, an empty one, or more than are read.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Reads one entry.</summary>
    /// <param name="json">Of the entry.</param>
    /// <param name="wanted">Keys of the packages that matter.</param>
    /// <param name="changed">When it was changed; null where it does not say.</param>
    /// <param name="ecosystems">Gets every ecosystem it names.</param>
    /// <returns>One for each package that matters; empty for withdrawn ones; null where it is no OSV record.</returns>
    public static IReadOnlyList<OsvRecord>? Read(ReadOnlyMemory<byte> json, IReadOnlySet<string> wanted, ISet<string> ecosystems, out string? changed)
    {
        changed = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 40 });
            var root = document.RootElement;
            if (root.TextOf("id") is not { Length: > 0 and <= 100 } id)
            {
                return null;
            }

            changed = root.TextOf("modified") is { Length: <= 40 } modified ? modified : null;
            List<JsonElement> affected = [.. Items(root, "affected")];
            ecosystems.UnionWith(affected.Select(EcosystemOf).Where(e => e.Length is > 0 and <= 60));
            return root.TextOf("withdrawn") is not null ? [] : [.. affected.Select(a => Affected(root, id, a, wanted)).OfType<OsvRecord>()];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Null where it cannot be told: a version or a bound is none of its ecosystem.</summary>
    public bool? Affects(string version)
    {
        if (Versions.Contains(version, StringComparer.Ordinal))
        {
            return true;
        }

        if (VersionOrder.Compare(Ecosystem, version, version) is null)
        {
            return null;
        }

        if (Versions.Any(v => VersionOrder.Compare(Ecosystem, v, version) == 0))
        {
            return true;
        }

        bool? sure = Versions.Count + Ranges.Count > 0 && !IsOpen ? false : null;
        foreach (var range in Ranges)
        {
            switch (IsIn(range, version))
            {
                case true:
                    return true;
                case null:
                    sure = null;
                    break;
            }
        }

        return sure;
    }

    /// <summary>The least fixed version above the one used.</summary>
    public string? FixFor(string version) =>
        Ranges.SelectMany(r => r).Where(e => e.Kind == "fixed" && VersionOrder.Compare(Ecosystem, e.Version, version) > 0)
            .Select(e => e.Version).OrderBy(v => v, Comparer<string>.Create((a, b) => VersionOrder.Compare(Ecosystem, a, b) ?? 0)).FirstOrDefault();

    private bool? IsIn(IReadOnlyList<OsvEvent> range, string version)
    {
        // The last event that has come by this version decides; at one version, the beginning comes first.
        (string Version, bool IsIn)? last = null;
        if (!range.Any(e => e.Kind == "introduced"))
        {
            return null;
        }

        foreach (var one in range)
        {
            var order = one.Version == "0" && one.Kind == "introduced" ? -1 : VersionOrder.Compare(Ecosystem, one.Version, version);
            if (order is null)
            {
                return null;
            }

            var hasCome = one.Kind == "last_affected" ? order < 0 : order <= 0;
            if (hasCome && (last is not { } before || before.Version == "0" || (one.Version != "0" && VersionOrder.Compare(Ecosystem, one.Version, before.Version) >= 0)))
            {
                last = (one.Version, one.Kind == "introduced");
            }
        }

        return last is { IsIn: true };
    }

    private static OsvRecord? Affected(JsonElement root, string id, JsonElement affected, IReadOnlySet<string> wanted)
    {
        var ecosystem = EcosystemOf(affected);
        var name = affected.TryGetProperty("package", out var package) ? package.TextOf("name") : null;
        if (name is null || !wanted.Contains(PackageNames.Key(ecosystem, name)))
        {
            return null;
        }

        var (written, named) = (Items(affected, "ranges"), Items(affected, "versions"));
        List<IReadOnlyList<OsvEvent>> ranges = [.. written.Where(r => r.TextOf("type") != "GIT").Take(Most).Select(r => (IReadOnlyList<OsvEvent>)[.. Items(r, "events").Take(Most).SelectMany(Events)])];
        var versions = named.Take(Most).Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!);
        var isCut = written.Count > Most || named.Count > Most || written.Exists(r => Items(r, "events").Count > Most) || named.Exists(v => v.ValueKind != JsonValueKind.String);
        var title = (root.TextOf("summary") ?? root.TextOf("details") ?? "").ReplaceLineEndings(" ");
        var aliases = Items(root, "aliases").Take(20).Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!);
        return new OsvRecord(id, [.. aliases], title.Length > 200 ? title[..200] : title, SeverityOf(root), PackageNames.Key(ecosystem, name), ecosystem, ranges, [.. versions]) { IsOpen = isCut || (written.Count > 0 && ranges.Count == 0) };
    }

    private static IEnumerable<OsvEvent> Events(JsonElement at) =>
        at.ValueKind == JsonValueKind.Object ? at.EnumerateObject().Where(f => f.Name is "introduced" or "fixed" or "last_affected" && f.Value.ValueKind == JsonValueKind.String).Select(f => new OsvEvent(f.Name, f.Value.GetString()!)) : [];

    /// <summary>An ecosystem may be followed by a colon and a release of it.</summary>
    private static string EcosystemOf(JsonElement affected) => affected.ValueKind == JsonValueKind.Object && affected.TryGetProperty("package", out var package) ? (package.TextOf("ecosystem") ?? "").Split(':')[0] : "";

    private static Severity? SeverityOf(JsonElement root) => (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("database_specific", out var own) ? own.TextOf("severity")?.ToUpperInvariant() : null) switch
    {
        "CRITICAL" => Model.Severity.Critical,
        "HIGH" => Model.Severity.Major,
        "MODERATE" or "MEDIUM" => Model.Severity.Minor,
        "LOW" => Model.Severity.Info,
        _ => null,
    };

    private static List<JsonElement> Items(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}

/// <param name="Kind">introduced, fixed or last_affected.</param>
/// <param name="Version">Or 0 for before everything.</param>
internal sealed record OsvEvent(string Kind, string Version);
