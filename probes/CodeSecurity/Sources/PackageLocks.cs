namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Names that the locks beside a folder of npm packages speak of; what lies in the folder and in none of them was put there by hand.</summary>
internal static class PackageLocks
{
    private const int LargestLock = 32 * 1024 * 1024;
    private const int LargestPackage = 1024 * 1024;
    private const int MostPackages = 20_000;

    private static readonly string[] Groups = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

    private static readonly string[] Names = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

    /// <param name="folder">node_modules.</param>
    /// <returns>Null where neither a lock nor a package.json lies beside it, or one is too large to tell.</returns>
    public static HashSet<string>? Of(DirectoryInfo folder)
    {
        var locks = Names.Select(n => new FileInfo(Path.Combine(folder.FullName, "..", n))).Prepend(new FileInfo(Path.Combine(folder.FullName, ".package-lock.json")))
            .Where(f => f.Exists && !f.Attributes.HasFlag(FileAttributes.ReparsePoint)).ToList();
        if (locks.Count == 0)
        {
            return AskedFor(folder);
        }

        if (locks.Exists(l => l.Length > LargestLock))
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        locks.ForEach(l => AddAll(names, File.ReadAllText(l.FullName)));
        return names;
    }

    /// <summary>Without a lock: what the package.json beside the folder asks for, and what that asks for in turn. A package that nobody asks for is nobody's.</summary>
    private static HashSet<string>? AskedFor(DirectoryInfo folder)
    {
        var own = new FileInfo(Path.Combine(folder.FullName, "..", "package.json"));
        if (!own.Exists || Asked(own) is not { } names)
        {
            return null;
        }

        // Only what is reached from there: packages that ask for one another are not thereby asked for.
        var pending = new Queue<string>(names);
        while (names.Count <= MostPackages && pending.TryDequeue(out var name))
        {
            if (IsName(name) && new DirectoryInfo(Path.Combine(folder.FullName, name)) is var package && !package.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && Asked(new FileInfo(Path.Combine(package.FullName, "package.json"))) is { } inner)
            {
                inner.Where(names.Add).ToList().ForEach(pending.Enqueue);
            }
        }

        return names;
    }

    /// <summary>Anything may stand in a package.json; only this leads to a folder.</summary>
    private static bool IsName(string name) => name.Length is > 0 and < 300 && name[0] != '/' && !name.Contains("..", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '/' or '.' or '_' or '-');

    private static HashSet<string>? Asked(FileInfo file)
    {
        try
        {
            if (!file.Exists || file.Length > LargestPackage || file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return null;
            }

            using var document = ManifestJson.Parse(File.ReadAllText(file.FullName));
            return [.. Groups.SelectMany(g => document.RootElement.Fields(g)).Select(ManifestJson.NameOf).OfType<string>()];
        }
        catch (ManifestFaultException)
        {
            return null;
        }
    }

    /// <summary>Every word of a lock that could be a name: <c>node_modules/@a/b</c>, <c>b@^1</c>, <c>/@a/b/1.0.0</c>.</summary>
    private static void AddAll(HashSet<string> names, string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '@' or '/' or '.' or '_' or '-'))
            {
                at++;
            }

            if (at > start)
            {
                Add(names, text.AsSpan(start, at - start));
            }
        }
    }

    private static void Add(HashSet<string> names, ReadOnlySpan<char> word)
    {
        const string Folder = "node_modules/";
        var name = word.LastIndexOf(Folder) is >= 0 and var inner ? word[(inner + Folder.Length)..] : word.TrimStart('/');
        if (name.Length is 0 or > 300)
        {
            return;
        }

        names.Add(name.ToString());
        if (name[1..].IndexOf('@') is >= 0 and var version)
        {
            names.Add(name[..(version + 1)].ToString());
        }

        if (name.LastIndexOf('/') is > 0 and var slash)
        {
            names.Add(name[..slash].ToString());
        }
    }
}
