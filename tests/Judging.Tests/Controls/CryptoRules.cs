using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The rule data of this repository, without its requirements.</summary>
internal static class CryptoRules
{
    public static StandardLibrary Library { get; } = Load();

    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Shipped.Folder, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Shipped.Folder, f).Replace('\\', '/')).Where(LibraryReader.IsData).Order(StringComparer.Ordinal)];

    private static StandardLibrary Load()
    {
        var faults = new FaultList();
        var reader = new LibraryReader(faults);
        foreach (var file in Directory.EnumerateFiles(Shipped.Folder, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Shipped.Folder, f).Replace('\\', '/')).Where(LibraryReader.IsData).Order(StringComparer.Ordinal))
        {
            reader.Read(file, File.ReadAllBytes(Shipped.File(file)));
        }

        var library = reader.Finish([]);
        faults.ThrowIfAny();
        return library;
    }
}
