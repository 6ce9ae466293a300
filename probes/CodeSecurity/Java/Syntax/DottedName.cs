namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Names as they are written, which may be qualified.</summary>
internal static class DottedName
{
    /// <summary>What stands behind the last full stop; all of it where there is none.</summary>
    public static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
