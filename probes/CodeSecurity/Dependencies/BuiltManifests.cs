using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Manifests in folders named like those of build results: they are not read, and what they name may be in no other. A package.json that asks
/// for nothing but what the one beside the folder asks for is a copy.
/// </summary>
internal static class BuiltManifests
{
    private const int LargestManifest = 1024 * 1024;

    /// <param name="root">Of the tree.</param>
    /// <param name="listing">Of the tree.</param>
    /// <param name="limits">Under which the tree was listed.</param>
    /// <param name="isManifest">By the name.</param>
    /// <param name="stop">Between two files.</param>
    public static IEnumerable<DependencyGap> Gaps(string root, SourceListing listing, SourceLimits limits, Func<string, bool> isManifest, CancellationToken stop)
    {
        var tree = FileTree.Open(root);
        var pending = new Stack<(string Folder, string Beside)>(Built(listing, "").Select(f => (f, FolderOf(f))));
        var isAllNamed = listing.LeftOut.Count >= listing.LeftOutCounts.Values.Sum();
        while (pending.TryPop(out var next))
        {
            var inner = SourceWalk.List(Path.Combine(root, next.Folder), limits, stop);
            isAllNamed &= inner.LeftOut.Count >= inner.LeftOutCounts.Values.Sum();
            foreach (var path in inner.Files.Select(f => $"{next.Folder}/{f.Path}").Where(isManifest).Where(p => !IsCopy(tree, p, next.Beside)))
            {
                yield return new DependencyGap(path, "依赖清单在名称像构建产物的目录里，没有读");
            }

            foreach (var (reason, count) in inner.LeftOutCounts.Where(c => LeftOutReasons.Unseen.Contains(c.Key)))
            {
                yield return new DependencyGap(next.Folder, $"构建产物目录里 {count} 处没有看：{EnumWords.Say(reason)}");
            }

            foreach (var folder in Built(inner, next.Folder + "/"))
            {
                pending.Push((folder, next.Beside));
            }
        }

        if (!isAllNamed)
        {
            yield return new DependencyGap(".", "没有读的目录太多，没有逐个看其中的依赖清单");
        }
    }

    private static IEnumerable<string> Built(SourceListing listing, string before) =>
        listing.LeftOut.Where(l => l.Reason == LeftOutReason.Vendored).Select(l => l.Path.TrimEnd('/')).Where(p => VendoredFolders.IsOfBuilds(Path.GetFileName(p))).Select(p => before + p);

    private static string FolderOf(string path) => path.LastIndexOf('/') is var at and > 0 ? path[..(at + 1)] : "";

    private static bool IsCopy(FileTree tree, string path, string beside)
    {
        if (Path.GetFileName(path) != "package.json")
        {
            return false;
        }

        return Asked(tree, path) is { } asked && (asked.Count == 0 || (Asked(tree, beside + "package.json") is { } own && asked.IsSubsetOf(own)));
    }

    /// <returns>Null where the file is not there or something in it is not understood.</returns>
    private static HashSet<(string, string)>? Asked(FileTree tree, string path)
    {
        try
        {
            using var document = ManifestJson.Parse(new UTF8Encoding(false).GetString(tree.Read(path, LargestManifest)).TrimStart('\ufeff'));
            return NpmManifests.IsPlain(document.RootElement) ? [.. NpmManifests.Asked(document.RootElement)] : null;
        }
        catch (Exception fault) when (fault is UnableException or ManifestFaultException)
        {
            return null;
        }
    }
}
