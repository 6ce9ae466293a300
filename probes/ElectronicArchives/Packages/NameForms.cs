using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether two names of files mean the same file: systems write Chinese names in either normal form.</summary>
internal static class NameForms
{
    public static bool AreSame(string one, string other) => one == other || Composed(one) == Composed(other);

    public static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
