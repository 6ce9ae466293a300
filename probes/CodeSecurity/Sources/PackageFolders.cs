namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Whether a folder that is named like one of other people's code holds what the tool that makes such folders puts there. A name alone proves
/// nothing: own code may lie in it.
/// </summary>
internal static class PackageFolders
{
    /// <summary>Packages of one folder that are looked at.</summary>
    private const int MostPackages = 20_000;

    private const int MostBytes = 1024 * 1024;

    /// <summary>What the tools keep for themselves among the packages.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        ".bin", ".cache", ".vite", ".pnpm", ".store", ".prisma", "__pycache__", ".modules.yaml", "_distutils_hack",
    };

    private static readonly HashSet<string> Environment = new(StringComparer.OrdinalIgnoreCase) { "bin", "scripts", "lib", "lib64", "include", "share", "etc", "man" };

    /// <param name="folder">Of a name that <see cref="VendoredFolders"/> knows.</param>
    /// <returns>What in it is nobody's package, relative to the folder; null where nothing is, or the folder is one of build results.</returns>
    public static string? Stranger(DirectoryInfo folder)
    {
        try
        {
            return folder.Name.ToLowerInvariant() switch
            {
                "node_modules" => Among(folder, IsNpm),
                "bower_components" => Among(folder, static f => Has(f, ".bower.json") || Has(f, "bower.json") || IsNpm(f)),
                "site-packages" => OutsideOfDistributions(folder),
                "vendor" => Has(folder, "modules.txt") || Has(folder, "composer/installed.json") || Has(folder, "composer/installed.php") ? null : "",
                "packages" => Among(folder, static f => f.EnumerateFiles().Any(x => x.Extension is ".nupkg" or ".nuspec" or ".sha512")),
                "__pycache__" or ".git" or ".svn" or ".hg" or ".gradle" or ".vs" => Program(folder),
                _ => Has(folder, "pyvenv.cfg") ? OfEnvironment(folder) : null,
            };
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException or System.Security.SecurityException)
        {
            return "";
        }
    }

    private static bool Has(DirectoryInfo folder, string name) => File.Exists(Path.Combine(folder.FullName, name));

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static string? Among(DirectoryInfo folder, Func<DirectoryInfo, bool> isPackage)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Take(MostPackages).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (IsLink(entry) || Kept.Contains(entry.Name))
            {
                continue;
            }

            if (entry is not DirectoryInfo package)
            {
                if (PatternCoverage.IsProgram(entry.Name))
                {
                    return entry.Name;
                }
            }
            else if (package.Name.StartsWith('@') ? Among(package, isPackage) is { } inner : !isPackage(package) && Program(package) is not null)
            {
                return package.Name + "/";
            }
        }

        return null;
    }

    /// <summary>What npm installs says its version.</summary>
    private static bool IsNpm(DirectoryInfo package) =>
        Read(package, "package.json") is { } text && text.Contains("\"version\"", StringComparison.Ordinal) && text.Contains("\"name\"", StringComparison.Ordinal);

    /// <summary>Top folders and modules that no installed distribution lists as its own.</summary>
    private static string? OutsideOfDistributions(DirectoryInfo folder)
    {
        var listed = new HashSet<string>(Kept, StringComparer.Ordinal);
        var entries = folder.EnumerateFileSystemInfos().Take(MostPackages).OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        foreach (var about in entries.OfType<DirectoryInfo>().Where(d => d.Extension is ".dist-info" or ".egg-info"))
        {
            listed.Add(about.Name);
            foreach (var line in Lines(about, "RECORD"))
            {
                listed.Add(line.Split(',', 2)[0].Split('/', 2)[0].Trim('"'));
            }

            foreach (var line in Lines(about, "top_level.txt"))
            {
                listed.Add(line.Trim());
                listed.Add(line.Trim() + ".py");
            }
        }

        return entries.Find(e => !listed.Contains(e.Name) && !IsLink(e) && (e is DirectoryInfo d ? d.Extension != ".egg" && Program(d) is not null : PatternCoverage.IsProgram(e.Name)))?.Name;
    }

    private static string? OfEnvironment(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (!IsLink(entry) && !Environment.Contains(entry.Name) && (entry is DirectoryInfo own ? Program(own) is not null : PatternCoverage.IsProgram(entry.Name)))
            {
                return entry.Name;
            }
        }

        var places = folder.EnumerateDirectories("lib*").Where(d => !IsLink(d)).SelectMany(d => d.EnumerateDirectories().Append(d)).Select(d => new DirectoryInfo(Path.Combine(d.FullName, "site-packages")));
        return places.Where(d => d.Exists).Select(OutsideOfDistributions).FirstOrDefault(s => s is not null);
    }

    /// <summary>The first file of a program; null where there is none.</summary>
    private static string? Program(DirectoryInfo folder)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = true, MaxRecursionDepth = 64 };
        return folder.EnumerateFiles("*", options).FirstOrDefault(f => PatternCoverage.IsProgram(f.Name))?.Name;
    }

    private static string[] Lines(DirectoryInfo folder, string name) => Read(folder, name)?.Split('\n') ?? [];

    /// <returns>Null where there is none, or it is larger than a tool makes it.</returns>
    private static string? Read(DirectoryInfo folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, name));
        return file.Exists && !IsLink(file) && file.Length <= MostBytes ? File.ReadAllText(file.FullName) : null;
    }
}
