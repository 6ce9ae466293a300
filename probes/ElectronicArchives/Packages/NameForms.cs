namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether two names mean the same: systems write the same characters in either normal form.</summary>
internal static class NameForms
{
    public static bool AreSame(string one, string other) => one == other || Decomposed(one) == Decomposed(other);

    public static string Decomposed(string text) => CanonicalForm.Decompose(text);
}
