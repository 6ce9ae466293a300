namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Texts of pages by the names under which pages name each other.</summary>
internal sealed class PageFiles
{
    private readonly SortedDictionary<string, string> _all;
    private readonly Dictionary<string, int> _numbers;
    private readonly ILookup<string, string> _byName;

    public PageFiles(SortedDictionary<string, string> all)
    {
        _all = all;
        _numbers = all.Keys.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i, StringComparer.Ordinal);
        _byName = all.Keys.ToLookup(p => p[(p.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
    }

    /// <summary>Class that a page becomes.</summary>
    public string TypeOf(string path) => PageBuilder.TypeOf(path, _numbers[path]);

    public int NumberOf(string path) => _numbers[path];

    /// <summary>Pages that others take in as text; they stand for nothing by themselves.</summary>
    public HashSet<string> Included { get; } = new(StringComparer.Ordinal);

    /// <param name="name">Relative to the page, or from the root of the site with a slash before it.</param>
    /// <param name="from">Path of the page that names it.</param>
    public (string Path, string Text)? Find(string name, string from)
    {
        var found = Near(name, from);
        if (found is { } page)
        {
            Included.Add(page.Path);
        }

        return found;
    }

    /// <summary>The same of a page that also stands for itself.</summary>
    public (string Path, string Text)? Near(string name, string from)
    {
        var folder = from.LastIndexOf('/') is >= 0 and var cut ? from[..(cut + 1)] : string.Empty;
        var asked = name.Split('?')[0].Replace('\\', '/').Trim();
        if (!asked.StartsWith('/') && Joined(folder, asked) is { } near && _all.TryGetValue(near, out var text))
        {
            return (near, text);
        }

        var ending = "/" + asked.Split('/').Where(p => p is not ("." or ".." or "")).Aggregate(string.Empty, (a, b) => a.Length == 0 ? b : $"{a}/{b}");
        var best = _byName[ending[(ending.LastIndexOf('/') + 1)..]].Where(p => ("/" + p).EndsWith(ending, StringComparison.Ordinal)).OrderByDescending(p => Same(p, from)).ThenBy(p => p, StringComparer.Ordinal).FirstOrDefault();
        return best is null ? null : (best, _all[best]);
    }

    private static string? Joined(string folder, string name)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in name.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static int Same(string a, string b)
    {
        var at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at])
        {
            at++;
        }

        return at;
    }
}
