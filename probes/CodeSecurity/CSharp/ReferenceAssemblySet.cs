using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Types of the framework: of the reference packs beside the running runtime where there are any, else of the runtime itself.</summary>
/// <param name="Origin">For people.</param>
/// <param name="References">All with documentation left out.</param>
internal sealed record ReferenceAssemblySet(string Origin, IReadOnlyList<MetadataReference> References)
{
    private static readonly string[] Frameworks = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    /// <param name="withPacks">False to leave the packs of an SDK aside.</param>
    /// <param name="withShared">False to leave an installed runtime aside.</param>
    public static ReferenceAssemblySet Find(bool withPacks = true, bool withShared = true)
    {
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtime)));
        if (withPacks && root is not null && Frameworks.Select(f => Pack(root, f)).ToList() is var packs && packs[0] is not null)
        {
            return Of($"Microsoft.NETCore.App.Ref {VersionOf(packs[0]!)}", packs.OfType<string>().SelectMany(Libraries));
        }

        var shared = root is null || !withShared ? [] : Frameworks.Select(f => Newest(Path.Combine(root, "shared", f))).OfType<string>().ToList();
        return shared.Count > 0 && Directory.Exists(shared[0])
            ? Of($"{Path.GetFileName(Path.GetDirectoryName(shared[0]))} {Path.GetFileName(shared[0])}", shared.SelectMany(Libraries))
            : Of($".NET {Environment.Version}", Trusted());
    }

    /// <summary>Besides, what a project was really compiled against. The framework stays ours: its types are what analyzers know defects by, and a build could name others.</summary>
    public ReferenceAssemblySet With(IEnumerable<string> files)
    {
        var own = References.Select(r => Path.GetFileName(r.Display)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return this with { References = [.. References, .. Of(Origin, files.Where(f => !own.Contains(Path.GetFileName(f)))).References] };
    }

    /// <summary>A tool that carries its runtime has everything in its own folder.</summary>
    private static IEnumerable<string> Trusted() => ((AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "System.dll"));

    private static ReferenceAssemblySet Of(string origin, IEnumerable<string> files)
    {
        var references = files.DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).OrderBy(Path.GetFileName, StringComparer.Ordinal).Where(IsManaged).Select(f => (MetadataReference)MetadataReference.CreateFromFile(f)).ToList();
        return new ReferenceAssemblySet(origin, references);
    }

    private static IEnumerable<string> Libraries(string folder) => Directory.EnumerateFiles(folder, "*.dll");

    private static bool IsManaged(string file)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(file));
            return reader.HasMetadata;
        }
        catch (Exception unreadable) when (unreadable is IOException or BadImageFormatException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Pack(string root, string framework) =>
        Newest(Path.Combine(root, "packs", framework + ".Ref")) is { } pack && Directory.Exists(Path.Combine(pack, "ref")) ? Directory.EnumerateDirectories(Path.Combine(pack, "ref"), "net*").Order(StringComparer.Ordinal).LastOrDefault() : null;

    private static string VersionOf(string folder) => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(folder)))!;

    private static string? Newest(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(d => Version.TryParse(Path.GetFileName(d).Split('-')[0], out _)).OrderBy(d => Version.Parse(Path.GetFileName(d).Split('-')[0])).LastOrDefault()
        : null;
}
