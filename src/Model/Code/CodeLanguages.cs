namespace SmartCity.SecurityCheck.Model;

/// <summary>The words by which rules name languages of source files.</summary>
public static class CodeLanguages
{
    public static IReadOnlyList<string> All { get; } =
    [
        "java", "kotlin", "csharp", "javascript", "typescript", "vue", "python", "go", "c", "cpp", "php", "html", "jsp",
        "xml", "yaml", "properties", "json", "toml", "shell", "sql", "gradle", "dockerfile", "nginx",
    ];
}
