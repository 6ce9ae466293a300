using System.Reflection;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Architecture.Tests;

/// <summary>The files of this repository as they are, without what builds leave behind.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files("src", "probes", "reports", "tests").Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Read).OrderBy(p => p.Folder, StringComparer.Ordinal)];

    /// <summary>C# and Razor sources of src, probes and reports; paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> ProductSources { get; } = [.. Files("src", "probes", "reports").Where(f => f.EndsWith(".cs", StringComparison.Ordinal))];

    public static IReadOnlyList<string> TestSources { get; } = [.. Files("tests").Where(f => f.EndsWith(".cs", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*", SearchOption.AllDirectories))
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Any(p => p is "bin" or "obj" or "BenchmarkDotNet.Artifacts"))
        .Order(StringComparer.Ordinal);
}

/// <param name="File">Path from the root.</param>
/// <param name="Folder">As in <c>src/Model</c>.</param>
/// <param name="Name">Without <c>SmartCity.SecurityCheck.</c> and the ending.</param>
/// <param name="References">Folders of the projects it references.</param>
/// <param name="Packages">Packages and frameworks it references.</param>
internal sealed record Project(string File, string Folder, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public static Project Read(string file)
    {
        var xml = XDocument.Parse(Repository.Read(file));
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        IEnumerable<string> Items(string name) => xml.Descendants(name).Select(i => i.Attribute("Include")!.Value);
        return new Project(
            file,
            folder,
            Path.GetFileNameWithoutExtension(file)["SmartCity.SecurityCheck.".Length..],
            [.. Items("ProjectReference").Select(r => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Repository.Root, folder, r)))!).Replace('\\', '/'))],
            [.. Items("PackageReference"), .. Items("FrameworkReference")]);
    }
}
