using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Which server it is, as far as the host tells.</summary>
/// <param name="IsMaria">Null where not known.</param>
/// <param name="Base">As in 8.0 or 10.11; null where not known.</param>
internal sealed partial record MySqlVersion(bool? IsMaria, string? Base)
{
    private static readonly string[] MariaGroups = ["mariadb", "mariadbd", "client-server", "galera"];

    public int? Major => Base is null ? null : int.Parse(Base.Split('.')[0], CultureInfo.InvariantCulture);

    public static MySqlVersion Of(HostSnapshot snapshot)
    {
        if (snapshot.Command("mysql-version") is { Ran: true } said && Number().Match(said.Text) is { Success: true } found)
        {
            return new(said.Text.Contains("MariaDB", StringComparison.OrdinalIgnoreCase), found.Groups["base"].Value);
        }

        return new(snapshot.Find("/usr/sbin/mariadbd").Exists ? true : null, null);
    }

    /// <summary>Whether the server reads a group; null where it cannot be told.</summary>
    /// <param name="group">Small letters.</param>
    public bool? Reads(string group) => group switch
    {
        "mysqld" or "server" => true,
        _ when MariaGroups.Contains(group, StringComparer.Ordinal) => IsMaria,
        _ when group.StartsWith("mysqld-", StringComparison.Ordinal) => IsBase(group[7..]),
        _ when group.StartsWith("mariadb-", StringComparison.Ordinal) => IsMaria == false ? false : IsBase(group[8..]),
        _ when group.StartsWith("mariadbd-", StringComparison.Ordinal) => IsMaria == false ? false : IsBase(group[9..]),
        _ => Instance().IsMatch(group) ? null : false,
    };

    private bool? IsBase(string number) => Base is null ? null : number == Base;

    [GeneratedRegex(@"\b(Ver|from) +(?<base>[0-9]{1,2}\.[0-9]{1,2})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Number();

    /// <summary>Further servers of the same host.</summary>
    [GeneratedRegex(@"^(mysqld|mariadbd?)(@.+|\.[0-9]+|[0-9]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Instance();
}
