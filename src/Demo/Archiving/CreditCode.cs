namespace SmartCity.SecurityCheck.Demo;

/// <summary>统一社会信用代码 · check character of GB 32100-2015.</summary>
internal static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static string Complete(string body)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in body)
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return body + Alphabet[(31 - (sum % 31)) % 31];
    }

    public static bool IsRight(string code) => code.Length == 18 && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && string.Equals(Complete(code[..17]), code, StringComparison.Ordinal);
}
