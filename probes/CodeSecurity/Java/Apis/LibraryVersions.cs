using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which versions of libraries the programs of a tree are built with, as far as weaknesses depend on it.</summary>
internal sealed class LibraryVersions
{
    public const int MostManifests = 2_000;

    private static readonly IManifestFormat[] Formats = [new MavenPoms(), new GradleBuilds()];
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly ILookup<string, CodeComponent> _components;
    private readonly JavaSources _sources;
    private readonly Dictionary<string, bool> _written = new(StringComparer.Ordinal);

    private LibraryVersions(JavaSources sources, CancellationToken stop)
    {
        _sources = sources;
        _components = (sources.Manifests.Count == 0 ? [] : DependencySurvey.Of(sources.Manifests, [], stop).Components).ToLookup(c => c.Name, StringComparer.Ordinal);
    }

    public static bool Reads(string path) => Array.Exists(Formats, f => f.Reads(path));

    /// <summary>The tables as they hold for this tree: what its versions are not dangerous with any more is no sink, and where nobody can tell it is an unproven one.</summary>
    public static IReadOnlyList<FlowTable> Apply(IReadOnlyList<FlowTable> tables, JavaSources sources, CancellationToken stop)
    {
        if (!tables.Any(t => t.Types.Any(y => y.Methods.Any(m => m.Until is not null))))
        {
            return tables;
        }

        var versions = new LibraryVersions(sources, stop);
        return [.. tables.Select(t => t with { Types = [.. t.Types.Select(y => y.Methods.Any(m => m.Until is not null) ? y with { Methods = [.. y.Methods.Select(versions.AsBuilt)] } : y)] })];
    }

    private FlowMethod AsBuilt(FlowMethod method) => method.Until is not { } limit ? method : IsOld(limit) switch
    {
        // What newer ones check themselves, these do not.
        true => method with { Acts = method.Acts == "below-first" ? null : method.Acts },
        _ when method.Acts == "below-first" => method,
        false => method with { Sink = null, Always = false, Matches = null },
        _ => method with { IsUnproven = true },
    };

    /// <summary>Of several modules the oldest counts; null where no manifest says one version.</summary>
    private bool? IsOld(PackageLimit limit)
    {
        if (limit.Off is { } off && IsWritten(off))
        {
            return false;
        }

        var (isKnown, isOpen) = (false, false);
        foreach (var found in _components[limit.Package].Select(c => c.Version).Concat(Packed(limit.Package[(limit.Package.IndexOf(':', StringComparison.Ordinal) + 1)..])))
        {
            if (found is { } version && VersionOrder.Compare("Maven", version, limit.Version) is { } order)
            {
                if (order < 0)
                {
                    return true;
                }

                isKnown = true;
            }
            else
            {
                isOpen = true;
            }
        }

        return isKnown && !isOpen ? false : null;
    }

    /// <summary>Of libraries that lie in the tree, by their names.</summary>
    private IEnumerable<string> Packed(string artifact) => _sources.Jars.Select(j => Path.GetFileNameWithoutExtension(j))
        .Where(n => n.Length > artifact.Length + 1 && n.StartsWith(artifact, StringComparison.Ordinal) && n[artifact.Length] == '-' && char.IsAsciiDigit(n[artifact.Length + 1]))
        .Select(n => n[(artifact.Length + 1)..]);

    /// <summary>In a line of a program that is no remark, or in a setting.</summary>
    private bool IsWritten(string off)
    {
        if (!_written.TryGetValue(off, out var isWritten))
        {
            var expression = new Regex(off, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit);
            _written[off] = isWritten = _sources.Properties.Any(p => expression.IsMatch($"{p.Key}={p.Value}"))
                || _sources.Java.Values.Any(t => expression.IsMatch(t) && t.Split('\n').Any(l => l.TrimStart() is not ['/' or '*', ..] && expression.IsMatch(l)));
        }

        return isWritten;
    }
}
