using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Jars that lie in a tree as files, by what they say of themselves; each stays a gap, for nobody says what else is in it.</summary>
/// <param name="Components">One for each project in one of them, in order of the paths; one more than are ever taken where there are too many.</param>
internal sealed record BundledJars(IReadOnlyList<CodeComponent> Components)
{
    public const int MostJars = 3000;

    public static BundledJars Of(FileTree tree, IEnumerable<string> paths, CancellationToken stop)
    {
        var components = new List<CodeComponent>();
        foreach (var path in paths.Where(IsJar).Take(MostJars))
        {
            stop.ThrowIfCancellationRequested();
            components.AddRange(JarReading.Of(tree, path, stop).Packages.Select(p => new CodeComponent { Ecosystem = "Maven", Name = p.Name, Version = p.Version, Licence = p.Licence, File = path, Line = 1 }));
            if (components.Count > ManifestFindings.MostComponents)
            {
                break;
            }
        }

        return new BundledJars(components);
    }

    public static bool IsJar(string path) => path.EndsWith(".jar", StringComparison.OrdinalIgnoreCase);
}
