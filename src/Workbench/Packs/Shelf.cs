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

    /// <summary>Ordinal order of names; packs sealed here beside a single one count as well.</summary>
    public IReadOnlyList<string> Names => IsSingle
        ? [Path.GetFileName(_folder), .. Siblings()]
        : [.. Packs(_folder).Order(StringComparer.Ordinal)];

    public OpenPack? Find(string name) => Names.Contains(name, StringComparer.Ordinal)
        ? _open.GetOrAdd(name, n => new OpenPack(n, Path.Combine(IsSingle ? Path.GetDirectoryName(_folder)! : _folder, n), _options))
        : null;

    public void Dispose() => _open.Values.ToList().ForEach(p => p.Dispose());

    private IEnumerable<string> Siblings()
    {
        var own = Path.GetFileName(_folder);
        return Packs(Path.GetDirectoryName(_folder)!).Where(n => n.StartsWith(own + OpenPack.SealedSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    private static List<string> Packs(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateDirectories().Where(d => d.LinkTarget is null && LooksLikePack(d.FullName)).Select(d => d.Name).Take(Most),
    ];
}
