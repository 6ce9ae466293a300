using System.Collections.Concurrent;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>The packs that can be looked at. Addresses name them by folder name, and only names that were found are taken.</summary>
internal sealed class Shelf : IDisposable
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, OpenPack> _open = new(StringComparer.Ordinal);
    private readonly WorkbenchOptions _options;
    private readonly string _folder;

    public Shelf(WorkbenchOptions options)
    {
        _options = options;
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder));
        IsSingle = LooksLikePack(_folder);
    }

    /// <summary>The folder is itself a pack.</summary>
    public bool IsSingle { get; }

    public static bool LooksLikePack(string folder) =>
        File.Exists(Path.Combine(folder, PackLayout.Manifest)) || File.Exists(Path.Combine(folder, PackLayout.Unfinished)) || File.Exists(Path.Combine(folder, PackLayout.Run));

    /// <summary>What is shown of it; packs sealed here beside a single one count as well.</summary>
    public ShelfList List()
    {
        var all = All();
        return new ShelfList([.. all.Take(Most)], Math.Max(0, all.Count - Most));
    }

    /// <summary>Null where there is no such pack, or not any more.</summary>
    public OpenPack? Find(string name) => All().Contains(name, StringComparer.Ordinal) ? _open.GetOrAdd(name, n => new OpenPack(n, PathOf(n), _options)) : null;

    /// <param name="name">Of the list.</param>
    public string PathOf(string name) => Path.Combine(IsSingle ? Path.GetDirectoryName(_folder)! : _folder, name);

    public void Dispose() => _open.Values.ToList().ForEach(p => p.Dispose());

    private List<string> All()
    {
        var own = Path.GetFileName(_folder);
        return IsSingle
            ? [own, .. Packs(Path.GetDirectoryName(_folder)!, n => n.StartsWith(own + OpenPack.SealedSuffix, StringComparison.Ordinal))]
            : [.. Packs(_folder, _ => true)];
    }

    private static IEnumerable<string> Packs(string folder, Func<string, bool> isOurs) =>
        new DirectoryInfo(folder).EnumerateDirectories().Where(d => isOurs(d.Name) && d.LinkTarget is null && LooksLikePack(d.FullName)).Select(d => d.Name).Order(StringComparer.Ordinal);
}

/// <param name="Names">Ordinal order.</param>
/// <param name="LeftOff">How many more there are.</param>
internal sealed record ShelfList(IReadOnlyList<string> Names, int LeftOff);
