namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Whether a folder that is named like one of other people's code holds what the tool that makes such folders puts there. A name alone proves
/// nothing: own code may lie in it. A folder that was not looked at to its end proves nothing either.
/// </summary>
internal sealed class PackageFolders
{
    /// <summary>Packages of one folder that are looked at.</summary>
    private const int MostPackages = 20_000;

    private const int Deepest = 64;
    private const int MostBytes = 1024 * 1024;
    private const string NoProof = "没有该工具留下的清单";
    private const string NotToItsEnd = "太大、太深或无法读取，没有看全";

    private static readonly EnumerationOptions WithoutLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private static readonly HashSet<string> Environment = new(StringComparer.OrdinalIgnoreCase) { "bin", "scripts", "lib", "lib64", "include", "share", "etc", "man" };

    private readonly CancellationToken _stop;

    private PackageFolders(CancellationToken stop) => _stop = stop;

    /// <param name="folder">Of a name that <see cref="VendoredFolders"/> knows.</param>
    /// <param name="stop">Between two entries.</param>
    /// <returns>Why it is not proven, for people; null where nothing in it is nobody's package and no program that nothing shows to be built.</returns>
    public static string? Stranger(DirectoryInfo folder, CancellationToken stop)
    {
        try
        {
            return new PackageFolders(stop).In(folder);
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException or System.Security.SecurityException)
        {
            return NotToItsEnd;
        }
    }

    private string? In(DirectoryInfo folder) => folder.Name.ToLowerInvariant() switch
    {
        "node_modules" => Among(folder, InLocks(folder)),
        "bower_components" => Among(folder, static f => Has(f, ".bower.json") || Has(f, "bower.json") || IsNpm(f)),
        "site-packages" => OutsideOfDistributions(folder),
        "vendor" => NamesModules(folder) ? null : NoProof,
        "packages" => Among(folder, static f => f.EnumerateFiles().Any(x => x.Extension is ".nupkg" or ".nuspec" or ".sha512")),
        "__pycache__" or ".git" or ".svn" or ".hg" or ".gradle" or ".vs" => Program(folder) is { } own ? Of(own) : null,
        _ => Has(folder, "pyvenv.cfg") ? OfEnvironment(folder)
            : VendoredFolders.IsOfBuilds(folder.Name) && BuildResults.Stranger(folder, _stop) is { } own ? (own.Length == 0 ? NotToItsEnd : $"{own} 看不出是构建出来的")
            : null,
    };

    private static string Of(string name) => name.Length == 0 ? NotToItsEnd : $"{name} 不属于任何包";

    private static bool Has(DirectoryInfo folder, string name) => File.Exists(Path.Combine(folder.FullName, name));

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Of Go and Composer: a list that names at least one.</summary>
    private static bool NamesModules(DirectoryInfo folder) =>
        Begin(folder, "modules.txt")?.Split('\n').Any(static l => l is ['#', ' ', not (' ' or '\r'), ..]) == true
        || Begin(folder, "composer/installed.json")?.Contains("\"name\"", StringComparison.Ordinal) == true
        || Begin(folder, "composer/installed.php")?.Contains("'pretty_version'", StringComparison.Ordinal) == true;

    /// <summary>In the order of their names; null where there are more than are looked at.</summary>
    private List<FileSystemInfo>? Entries(DirectoryInfo folder)
    {
        _stop.ThrowIfCancellationRequested();
        List<FileSystemInfo> entries = [.. folder.EnumerateFileSystemInfos().Take(MostPackages + 1)];
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries.Count > MostPackages ? null : entries;
    }

    private string? Among(DirectoryInfo folder, Func<DirectoryInfo, bool> isPackage)
    {
        if (Entries(folder) is not { } entries)
        {
            return NotToItsEnd;
        }

        foreach (var entry in entries.Where(static e => !IsLink(e)))
        {
            _stop.ThrowIfCancellationRequested();
            var isNobodys = entry is not DirectoryInfo package ? PatternCoverage.IsProgram(entry.Name)
                : package.Name is ['@', ..] or ".prisma" ? Among(package, isPackage) is not null
                : package.Name is ".pnpm" or ".store" ? InStore(package, isPackage) is not null
                : package.Name == ".bin" ? !AreStarters(package)
                : package.Name == ".vite" ? !AreOptimized(package)
                : !isPackage(package) && Program(package) is not null;
            if (isNobodys)
            {
                return Of(entry is DirectoryInfo ? entry.Name + "/" : entry.Name);
            }
        }

        return null;
    }

    /// <summary>One folder for each package and version, in which it lies as <c>package</c> or among the links to what it needs.</summary>
    private string? InStore(DirectoryInfo store, Func<DirectoryInfo, bool> isPackage) => Entries(store) is not { } entries
        ? NotToItsEnd
        : entries.Where(static e => !IsLink(e)).Select(e => e is not DirectoryInfo place ? OfFile(e) : place.Name == "node_modules" ? Among(place, isPackage) : InPlace(place, isPackage)).FirstOrDefault(static s => s is not null);

    private string? InPlace(DirectoryInfo place, Func<DirectoryInfo, bool> isPackage) => Entries(place) is not { } entries
        ? NotToItsEnd
        : entries.Where(static e => !IsLink(e)).Select(e => e is not DirectoryInfo inner ? OfFile(e) : inner.Name == "node_modules" ? Among(inner, isPackage) : isPackage(inner) || Program(inner) is not { } own ? null : Of(own)).FirstOrDefault(static s => s is not null);

    private static string? OfFile(FileSystemInfo file) => PatternCoverage.IsProgram(file.Name) ? Of(file.Name) : null;

    /// <summary>Short scripts that start a program of a package beside the folder.</summary>
    private bool AreStarters(DirectoryInfo folder) => Entries(folder) is { } entries
        && entries.TrueForAll(e => IsLink(e) || (e is FileInfo ? !PatternCoverage.IsProgram(e.Name) || IsStarter(folder, e.Name) : Program((DirectoryInfo)e) is null));

    private static bool IsStarter(DirectoryInfo folder, string name)
    {
        const int Largest = 8 * 1024;
        return Path.GetExtension(name).ToLowerInvariant() is ".cmd" or ".ps1" && Read(folder, name) is { Length: <= Largest } text
            && (text.Contains(@"%dp0%\..\", StringComparison.Ordinal) || text.Contains(@"%~dp0\..\", StringComparison.Ordinal) || text.Contains("$basedir/../", StringComparison.Ordinal));
    }

    /// <summary>Packages put together by Vite, whose list of them lies beside.</summary>
    private bool AreOptimized(DirectoryInfo folder) => Entries(folder) is { } entries
        && entries.TrueForAll(e => IsLink(e) || (e is DirectoryInfo kind ? IsOptimized(kind) : !PatternCoverage.IsProgram(e.Name)));

    private bool IsOptimized(DirectoryInfo folder)
    {
        var list = Read(folder, "_metadata.json");
        return Entries(folder) is { } entries && entries.TrueForAll(e => IsLink(e)
            || (e is DirectoryInfo inner ? Program(inner) is null : !PatternCoverage.IsProgram(e.Name) || list?.Contains($"\"{e.Name}\"", StringComparison.Ordinal) == true));
    }

    /// <summary>A package by itself and, where a lock lies beside the folder, by the lock too.</summary>
    private static Func<DirectoryInfo, bool> InLocks(DirectoryInfo folder) => PackageLocks.Of(folder) is { } locked
        ? package => IsNpm(package) && locked.Contains(package.Parent is { Name: ['@', ..] scope } ? $"{scope}/{package.Name}" : package.Name)
        : IsNpm;

    /// <summary>What npm installs says its version.</summary>
    private static bool IsNpm(DirectoryInfo package) =>
        Read(package, "package.json") is { } text && text.Contains("\"version\"", StringComparison.Ordinal) && text.Contains("\"name\"", StringComparison.Ordinal);

    /// <summary>Top folders and modules that no installed distribution lists as its own.</summary>
    private string? OutsideOfDistributions(DirectoryInfo folder)
    {
        if (Entries(folder) is not { } entries)
        {
            return NotToItsEnd;
        }

        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var about in entries.OfType<DirectoryInfo>().Where(d => d.Extension is ".dist-info" or ".egg-info"))
        {
            _stop.ThrowIfCancellationRequested();
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

        // A module of one file is listed as compiled too, among which a program is still nobody's.
        listed.Remove("__pycache__");
        return entries.Find(e => !listed.Contains(e.Name) && !IsLink(e) && (e is DirectoryInfo d ? !IsEgg(d) && Program(d) is not null : PatternCoverage.IsProgram(e.Name))) is { } own ? Of(own.Name) : null;
    }

    private static bool IsEgg(DirectoryInfo folder) => folder.Extension == ".egg" && Read(folder, "EGG-INFO/PKG-INFO") is { } text && text.Split('\n').Any(static l => l.StartsWith("Name: ", StringComparison.Ordinal));

    private string? OfEnvironment(DirectoryInfo folder)
    {
        if (Entries(folder) is not { } entries)
        {
            return NotToItsEnd;
        }

        var own = entries.Find(e => !IsLink(e) && !Environment.Contains(e.Name) && (e is DirectoryInfo inner ? Program(inner) is not null : PatternCoverage.IsProgram(e.Name)));
        var places = folder.EnumerateDirectories("lib*").Where(d => !IsLink(d)).SelectMany(d => d.EnumerateDirectories().Append(d)).Select(d => new DirectoryInfo(Path.Combine(d.FullName, "site-packages")));
        return own is not null ? Of(own.Name) : places.Where(d => d.Exists).Select(OutsideOfDistributions).FirstOrDefault(s => s is not null);
    }

    /// <summary>The first file of a program, links not followed; null where there is none, empty where something lies deeper than is looked.</summary>
    private string? Program(DirectoryInfo folder)
    {
        var pending = new Stack<(DirectoryInfo Folder, int Depth)>([(folder, 0)]);
        while (pending.TryPop(out var next))
        {
            if (next.Depth > Deepest)
            {
                return "";
            }

            foreach (var entry in next.Folder.EnumerateFileSystemInfos("*", WithoutLinks))
            {
                _stop.ThrowIfCancellationRequested();
                if (entry is DirectoryInfo inner)
                {
                    pending.Push((inner, next.Depth + 1));
                }
                else if (PatternCoverage.IsProgram(entry.Name))
                {
                    return entry.Name;
                }
            }
        }

        return null;
    }

    private static string[] Lines(DirectoryInfo folder, string name) => Read(folder, name)?.Split('\n') ?? [];

    /// <returns>Null where there is none, or it is larger than a tool makes it.</returns>
    private static string? Read(DirectoryInfo folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, name));
        return file.Exists && !IsLink(file) && file.Length <= MostBytes ? File.ReadAllText(file.FullName) : null;
    }

    /// <summary>Of a list that may be larger: one name is enough.</summary>
    private static string? Begin(DirectoryInfo folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, name));
        if (!file.Exists || IsLink(file))
        {
            return null;
        }

        using var reader = file.OpenText();
        var text = new char[MostBytes];
        return new string(text, 0, reader.ReadBlock(text, 0, text.Length));
    }
}
