namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Pages by the names under which programs ask for them.</summary>
internal sealed class PageViews
{
    private const int Most = 4;
    private const int LongestName = 300;

    private readonly Dictionary<string, List<TranslatedPage>> _byName = new(StringComparer.OrdinalIgnoreCase);

    private readonly bool _hasThymeleaf;

    public PageViews(IEnumerable<TranslatedPage> pages)
    {
        foreach (var page in pages)
        {
            var name = Name(page.Path);
            if (!_byName.TryGetValue(name, out var all))
            {
                _byName[name] = all = [];
            }

            all.Add(page);
            _hasThymeleaf |= PageKinds.Of(page.Path) == PageKind.Thymeleaf;
        }
    }

    public static PageViews None { get; } = new([]);

    /// <summary>Names of views may be expressions, which they are for Thymeleaf: the tree has pages of it, or none at all that say what fills them in.</summary>
    public bool MayEvaluateNames => _hasThymeleaf || IsEmpty;

    public bool IsEmpty => _byName.Count == 0;

    /// <param name="view">As a program names it: with or without the ending and the folder of all views.</param>
    /// <param name="from">Path of the program or page that asks; of several the nearest is taken.</param>
    public IReadOnlyList<TranslatedPage> Find(string view, string from)
    {
        var asked = view.Split("::")[0].Split('?')[0].Trim().Replace('\\', '/').TrimStart('~', '*', '/', '.');
        asked = asked.StartsWith("classpath:", StringComparison.Ordinal) ? asked["classpath:".Length..].TrimStart('/') : asked;
        if (asked.Length is 0 or > LongestName || asked.EndsWith('/') || !_byName.TryGetValue(Name(asked), out var all))
        {
            return [];
        }

        while (asked.StartsWith("../", StringComparison.Ordinal))
        {
            asked = asked[3..];
        }

        var dotted = PageKinds.Of(asked) is not PageKind.None || asked.EndsWith(".html", StringComparison.OrdinalIgnoreCase);
        var fitting = all.FindAll(p => Ends(dotted ? p.Path : p.Path[..p.Path.LastIndexOf('.')], asked));
        if (fitting.Count < 2)
        {
            return fitting;
        }

        var nearest = fitting.Max(p => Common(p.Path, from));
        return [.. fitting.Where(p => Common(p.Path, from) == nearest).Take(Most)];
    }

    private static bool Ends(string path, string with) =>
        path.EndsWith(with, StringComparison.OrdinalIgnoreCase) && (path.Length == with.Length || path[^(with.Length + 1)] == '/');

    private static string Name(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is > 0 and var dot && (PageKinds.Of(name) != PageKind.None || name.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".htm", StringComparison.OrdinalIgnoreCase)) ? name[..dot] : name;
    }

    private static int Common(string a, string b)
    {
        var (at, folders) = (0, 0);
        for (; at < a.Length && at < b.Length && a[at] == b[at]; at++)
        {
            folders += a[at] == '/' ? 1 : 0;
        }

        return folders;
    }
}
