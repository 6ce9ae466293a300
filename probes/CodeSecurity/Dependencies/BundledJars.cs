using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Jars that lie in a tree as files, by what they say of themselves.</summary>
/// <param name="Components">One for each project in one of them, in order of the paths.</param>
/// <param name="Named">Those that are one package as a whole; the others stay what nobody knows.</param>
internal sealed record BundledJars(IReadOnlyList<CodeComponent> Components, IReadOnlySet<string> Named)
{
    public const int MostJars = 3000;

    public static BundledJars Of(FileTree tree, IEnumerable<string> paths, CancellationToken stop)
    {
        var (components, named) = (new List<CodeComponent>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in paths.Where(IsJar).Take(MostJars))
        {
            stop.ThrowIfCancellationRequested();
            var read = JarReading.Of(tree, path);
            components.AddRange(read.Packages.Select(p => new CodeComponent { Ecosystem = "Maven", Name = p.Name, Version = p.Version, Licence = p.Licence, File = path, Line = 1 }));
            if (read.IsOne)
            {
                named.Add(path);
            }
        }

        return new BundledJars(components, named);
    }

    public static bool IsJar(string path) => path.EndsWith(".jar", StringComparison.OrdinalIgnoreCase);
}
