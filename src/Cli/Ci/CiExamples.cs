namespace SmartCity.SecurityCheck.Cli;

/// <summary>Ready files for the pipelines of several houses.</summary>
internal static class CiExamples
{
    private static readonly (string Name, string Resource)[] Known = [("github", "ci/github.yml"), ("gitlab", "ci/gitlab.yml"), ("gitee", "ci/gitee.yml"), ("jenkins", "ci/jenkins.groovy")];

    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <exception cref="BadRequestException">There is none of that name.</exception>
    public static string Of(string name)
    {
        var found = Known.FirstOrDefault(k => k.Name == name).Resource ?? throw new BadRequestException($"没有 {name} 的示例，应为其中之一：{string.Join("、", Names)}");
        using var stream = typeof(CiExamples).Assembly.GetManifestResourceStream(found)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
