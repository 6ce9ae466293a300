namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whose database.</summary>
public enum DatabaseProduct
{
    PostgreSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>达梦.</summary>
    Dameng,

    /// <summary>金仓 KingbaseES.</summary>
    Kingbase,
}

/// <summary>数据库取证脚本 · SQL the owner runs, one a product; read-only, and no password hash is among what it selects.</summary>
public static class DatabaseScripts
{
    /// <summary>Word for the command line and in the output, product, and its name for people.</summary>
    public static IReadOnlyList<(string Word, DatabaseProduct Product, string Name)> All { get; } =
    [
        ("postgresql", DatabaseProduct.PostgreSql, "PostgreSQL"), ("mysql", DatabaseProduct.MySql, "MySQL/MariaDB"),
        ("dameng", DatabaseProduct.Dameng, "达梦"), ("kingbase", DatabaseProduct.Kingbase, "金仓"),
    ];

    /// <summary>UTF-8 text with LF.</summary>
    public static string Of(DatabaseProduct product)
    {
        using var reader = new StreamReader(typeof(DatabaseScripts).Assembly.GetManifestResourceStream($"{All.First(a => a.Product == product).Word}.sql")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
