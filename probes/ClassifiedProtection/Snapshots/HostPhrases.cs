using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Secrets that stand in no "password = value": within commands, connection strings and lists whose places have meanings.</summary>
internal static partial class HostPhrases
{
    private const int Limit = 2000;

    public static string Blacken(string text, string mark)
    {
        text = WholeSetting().Replace(text, "${before}" + mark);
        text = LogDatabase().Replace(text, "${before}" + mark);
        text = ClientPassword().Replace(text, "${before}" + mark);
        text = WordBehind().Replace(text, "${before}" + mark);
        return AnswerText().Replace(text, "${before}" + mark);
    }

    /// <summary>Of one line of a shell profile; what limits the session stays.</summary>
    public static string BlackenAssignments(string line, string mark) => OtherAssignment().Replace(line, "${before}" + mark);

    /// <summary>Settings of PostgreSQL and MySQL that hold commands, connection strings, statements or a pair of name and password.</summary>
    [GeneratedRegex(@"^(?<before>[ \t]*(wsrep_sst_auth|wsrep-sst-auth|ssl_passphrase_command|archive_command|restore_command|archive_cleanup_command|recovery_end_command|primary_conninfo|init_connect|init-connect)[ \t]*=?[ \t]*)[^\r\n]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex WholeSetting();

    /// <summary>rsyslog: server, database, user, password.</summary>
    [GeneratedRegex(@"(?<before>(:om(my|pg)sql:|[ \t]>)[^,;\s]*,[^,;\s]*,[^,;\s]*,)[^;\s]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex LogDatabase();

    [GeneratedRegex(@"(?<before>((mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mariadb-admin)[ \t][^\n]{0,200}?-p|sshpass[ \t]+-p[ \t]*|curl[ \t][^\n]{0,200}?(-u|--user)[ \t=]*[^\s:]{0,64}:))[^\s,'""]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex ClientPassword();

    /// <summary>Keys of PAM modules and directory clients that have a blank where others have an equals sign.</summary>
    [GeneratedRegex(@"^(?<before>[ \t]*(bindpw|rootbindpw|secret|radius_secret|sudoers_bindpw)[ \t]+)[^\s]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex WordBehind();

    /// <summary>nginx: the text of an answer, and the query of an address people are sent to.</summary>
    [GeneratedRegex(@"(?<before>\breturn[ \t]+(2[0-9][0-9][ \t]+|30[0-9][ \t]+[^?;\s]*\?))[^;\r\n]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex AnswerText();

    [GeneratedRegex(@"(?<before>\b(?!TMOUT\b|autologout\b|[ugoa]{1,3}=[rwx]{0,3}([,;\s]|$))[A-Za-z_][A-Za-z0-9_]*=)(""[^""]*""|'[^']*'|[^\s;""']+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex OtherAssignment();
}
