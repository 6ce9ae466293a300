namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Folders of other people's code and of build results. A name that also serves for own code, such as <c>target</c> or <c>bin</c>, counts only
/// where the file of the build tool that makes it stands beside it.
/// </summary>
internal static class VendoredFolders
{
    private static readonly Dictionary<string, string> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        [".git"] = "版本库",
        [".svn"] = "版本库",
        [".hg"] = "版本库",
        ["node_modules"] = "npm 依赖",
        ["bower_components"] = "bower 依赖",
        ["site-packages"] = "Python 依赖",
        ["__pycache__"] = "Python 编译缓存",
        [".gradle"] = "Gradle 缓存",
        [".vs"] = "Visual Studio 缓存",
    };

    private static readonly (string Folder, string[] Beside, string Why, bool IsOfBuild)[] Made =
    [
        ("target", ["pom.xml", "Cargo.toml", "build.sbt"], "构建产物", true),
        ("build", ["build.gradle", "build.gradle.kts"], "构建产物", true),
        ("out", ["build.gradle", "build.gradle.kts"], "构建产物", true),
        ("dist", ["package.json"], "前端构建产物", true),
        (".next", ["package.json"], "前端构建产物", true),
        (".nuxt", ["package.json"], "前端构建产物", true),
        ("vendor", ["composer.json", "go.mod"], "第三方依赖", false),
        ("packages", ["packages.config"], "NuGet 依赖", false),
    ];

    /// <summary>True for a name that serves for nothing else, whatever stands beside it.</summary>
    public static bool IsAlways(string name) => Always.ContainsKey(name);

    /// <summary>Where <see cref="Why"/> knows the folder, a build tool writes its results there, and no tool puts packages in it.</summary>
    public static bool IsOfBuilds(string name) => IsDotNetOutput(name) || Array.Exists(Made, m => string.Equals(m.Folder, name, StringComparison.OrdinalIgnoreCase) && m.IsOfBuild);

    /// <param name="name">Of the folder.</param>
    /// <param name="beside">Names of everything in the folder it stands in.</param>
    /// <param name="path">Where it is.</param>
    /// <returns>For people; null where its files are read.</returns>
    public static string? Why(string name, HashSet<string> beside, string path)
    {
        if (Always.TryGetValue(name, out var why))
        {
            return why;
        }

        foreach (var (folder, builders, made, _) in Made)
        {
            if (string.Equals(name, folder, StringComparison.OrdinalIgnoreCase) && Array.Exists(builders, beside.Contains))
            {
                return $"{made}（旁边有 {builders.First(beside.Contains)}）";
            }
        }

        return IsDotNetOutput(name) && beside.Any(IsDotNetProject) ? ".NET 构建产物"
            : File.Exists(Path.Combine(path, "pyvenv.cfg")) ? "Python 虚拟环境"
            : null;
    }

    private static bool IsDotNetOutput(string name) => name.Equals("bin", StringComparison.OrdinalIgnoreCase) || name.Equals("obj", StringComparison.OrdinalIgnoreCase);

    private static bool IsDotNetProject(string name) =>
        name.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".vbproj", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".fsproj", StringComparison.OrdinalIgnoreCase);
}
