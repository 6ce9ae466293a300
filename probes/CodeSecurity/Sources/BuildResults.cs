namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Whether programs in a folder that is named like one of build results came there by a build: copies of a file beside the folder, scripts that a tool
/// put together, what the compiler of .NET writes for itself. Own code in such a folder is a program like any other, and a name proves nothing.
/// </summary>
internal sealed class BuildResults
{
    private const int MostFiles = 50_000;
    private const int Deepest = 64;
    private const int LargestRead = 4 * 1024 * 1024;
    private const long LargestTogether = 256L * 1024 * 1024;

    private static readonly EnumerationOptions WithoutLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private static readonly string[] Scripts = [".js", ".mjs", ".cjs"];
    private static readonly string[] ScriptSources = [".ts", ".tsx", ".mts", ".cts", ".vue", ".js", ".jsx", ".mjs", ".cjs", ".coffee", ".svelte"];
    private static readonly string[] Declarations = [".d.ts", ".d.mts", ".d.cts"];
    private static readonly string[] OfCompiler = [".AssemblyInfo.cs", ".AssemblyAttributes.cs", ".g.cs", ".g.i.cs"];
    private static readonly string[] Marks = ["sourceMappingURL=", "__webpack_require__", "webpackJsonp", "webpackChunk", "__vite", "\"__esModule\"", "System.register(", "parcelRequire"];

    private readonly DirectoryInfo _folder;
    private readonly CancellationToken _stop;
    private readonly Lazy<ILookup<string, FileInfo>?> _beside;
    private long _read;

    private BuildResults(DirectoryInfo folder, CancellationToken stop)
    {
        (_folder, _stop) = (folder, stop);
        _beside = new Lazy<ILookup<string, FileInfo>?>(() => folder.Parent is { } project && Files(project, except: folder) is { } files ? files.ToLookup(f => f.Name, StringComparer.OrdinalIgnoreCase) : null);
    }

    /// <param name="folder">Of a name under which a build tool writes, the file of the tool beside it.</param>
    /// <param name="stop">Between two files.</param>
    /// <returns>The first program that nothing shows to be built, as a name; empty where there is too much to look at; null where there is none.</returns>
    public static string? Stranger(DirectoryInfo folder, CancellationToken stop) => new BuildResults(folder, stop).First();

    private string? First()
    {
        if (Files(_folder, except: null) is not { } files)
        {
            return "";
        }

        foreach (var file in files.Where(f => PatternCoverage.IsProgram(f.Name)))
        {
            _stop.ThrowIfCancellationRequested();
            if (!IsDeclared(file.Name) && !IsCopy(file) && !IsPutTogether(file))
            {
                return Path.GetRelativePath(_folder.FullName, file.FullName).Replace('\\', '/');
            }
        }

        return null;
    }

    /// <summary>Types without code, and what the compiler writes below obj on its own.</summary>
    private bool IsDeclared(string name) => EndsWith(name, Declarations)
        || (_folder.Name.Equals("obj", StringComparison.OrdinalIgnoreCase) && EndsWith(name, OfCompiler));

    private bool IsCopy(FileInfo file) => _beside.Value is { } beside
        && beside[file.Name].Any(f => f.Length == file.Length && Read(file) is { } here && Read(f) is { } there && here.AsSpan().SequenceEqual(there));

    private bool IsPutTogether(FileInfo file)
    {
        if (!EndsWith(file.Name, Scripts) || !HasSources() || Read(file) is not { } bytes)
        {
            return false;
        }

        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return MachineWritten.Why(file.Name, text) is not null || Array.Exists(Marks, m => text.Contains(m, StringComparison.Ordinal))
            || Array.Exists(ScriptSources, e => _beside.Value?[Path.GetFileNameWithoutExtension(file.Name) + e].Any() == true);
    }

    /// <summary>Something that scripts can be put together from; settings of tools are none.</summary>
    private bool HasSources() => _beside.Value?.Any(f => EndsWith(f.Key, ScriptSources) && !EndsWith(f.Key, Declarations) && !f.Key.Contains(".config.", StringComparison.OrdinalIgnoreCase)) == true;

    private static bool EndsWith(string name, string[] endings) => Array.Exists(endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <returns>Null where it is too large, or too much was read already.</returns>
    private byte[]? Read(FileInfo file)
    {
        if (file.Length > LargestRead || (_read += file.Length) > LargestTogether)
        {
            return null;
        }

        return File.ReadAllBytes(file.FullName);
    }

    /// <summary>Links and folders of packages not followed; null where there are too many or they lie too deep.</summary>
    private List<FileInfo>? Files(DirectoryInfo root, DirectoryInfo? except)
    {
        var found = new List<FileInfo>();
        var pending = new Stack<(DirectoryInfo Folder, int Depth)>([(root, 0)]);
        while (pending.TryPop(out var next))
        {
            if (next.Depth > Deepest)
            {
                return null;
            }

            foreach (var entry in next.Folder.EnumerateFileSystemInfos("*", WithoutLinks).OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                _stop.ThrowIfCancellationRequested();
                if (entry is FileInfo file)
                {
                    found.Add(file);
                }
                else if (except is null || (entry.FullName != except.FullName && !VendoredFolders.IsAlways(entry.Name)))
                {
                    pending.Push(((DirectoryInfo)entry, next.Depth + 1));
                }
            }

            if (found.Count > MostFiles)
            {
                return null;
            }
        }

        return found;
    }
}
