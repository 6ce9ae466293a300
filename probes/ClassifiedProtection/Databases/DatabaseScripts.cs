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

    /// <summary>金仓 follows PostgreSQL: its script is that of PostgreSQL with names of its own under a head of its own.</summary>
    private static readonly (string Theirs, string Own)[] KingbaseNames =
    [
        ("|begin|1|postgresql|", "|begin|1|kingbase|"), ("'^pg_'", "'^(pg|sys)_'"),
        ("pg_roles", "sys_roles"), ("pg_authid", "sys_authid"), ("pg_settings", "sys_settings"), ("pg_hba_file_rules", "sys_hba_file_rules"),
    ];

    /// <summary>UTF-8 text with LF.</summary>
    public static string Of(DatabaseProduct product)
    {
        var text = Resource(All.First(a => a.Product == product).Word);
        if (product != DatabaseProduct.Kingbase)
        {
            return text;
        }

        var body = Resource("postgresql");
        return text + KingbaseNames.Aggregate(body[body.IndexOf("SET default_transaction_read_only", StringComparison.Ordinal)..], (sql, n) => sql.Replace(n.Theirs, n.Own, StringComparison.Ordinal));
    }

    private static string Resource(string word)
    {
        using var reader = new StreamReader(typeof(DatabaseScripts).Assembly.GetManifestResourceStream($"{word}.sql")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
