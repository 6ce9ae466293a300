namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the name of a file says of secrets in it.</summary>
internal static class SecretFileNames
{
    private static readonly string[] KeyFileEnds = [".p12", ".pfx", ".jks", ".jceks", ".keystore", ".bks", ".ppk", ".sm2", ".kdbx", ".p8", ".keytab"];

    private static readonly string[] KeyFileNames = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];

    /// <summary>Endings of keys, and of certificates and other things as well.</summary>
    private static readonly string[] PerhapsKeyEnds = [".key", ".der"];

    /// <summary>Endings of texts that no language has; a file of these that looks binary may be one that was made to.</summary>
    private static readonly string[] TextEnds = [".txt", ".md", ".log", ".csv", ".pem", ".asc", ".tpl", ".template", ".bak", ".rst", ".adoc", ".list", ".sample"];

    /// <summary>A key store or key file.</summary>
    public static bool IsKeyFile(string path) =>
        EndsWithAny(path, KeyFileEnds) || KeyFileNames.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    /// <summary>Perhaps one.</summary>
    public static bool MayBeKeyFile(string path) => EndsWithAny(path, PerhapsKeyEnds);

    /// <summary>Whoever masks such a file as a binary hides what stands in it.</summary>
    public static bool ShouldBeText(string path) => EndsWithAny(path, TextEnds);

    private static readonly HashSet<string> PackageLists = new(StringComparer.OrdinalIgnoreCase)
    {
        "package.json", "package-lock.json", "npm-shrinkwrap.json", "bower.json", "composer.json", "composer.lock", "pyproject.toml", "pipfile", "poetry.lock", "pnpm-lock.yaml", "yarn.lock", "libs.versions.toml",
    };

    /// <summary>Names in it are mostly those of packages, values their versions.</summary>
    public static bool ListsPackages(string path) => PackageLists.Contains(path[(path.LastIndexOf('/') + 1)..]);

    private static bool EndsWithAny(string path, string[] ends) => Array.Exists(ends, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
