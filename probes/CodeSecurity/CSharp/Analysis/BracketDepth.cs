namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// How deep brackets nest, seen before any parser is: the compiler looks ahead over types by recursion and does not watch its stack there.
/// Texts and comments are not told from code, so that this errs to the deep side; closing brackets that nothing opened count for nothing.
/// </summary>
internal static class BracketDepth
{
    /// <param name="text">Of a C# file.</param>
    /// <param name="cap">Deepest allowed.</param>
    public static bool Exceeds(string text, int cap)
    {
        var (round, square, curly, angle) = (0, 0, 0, 0);
        foreach (var c in text)
        {
            switch (c)
            {
                case '(':
                    round++;
                    break;
                case ')':
                    round = Math.Max(0, round - 1);
                    break;
                case '[':
                    square++;
                    break;
                case ']':
                    square = Math.Max(0, square - 1);
                    break;
                case '<':
                    angle++;
                    break;
                case '>':
                    angle = Math.Max(0, angle - 1);
                    break;
                case '{':
                    (curly, angle) = (curly + 1, 0);
                    break;
                case '}':
                    (curly, angle) = (Math.Max(0, curly - 1), 0);
                    break;
                case ';':
                    // A comparison opens nothing, and a list of type arguments holds no statement.
                    angle = 0;
                    break;
            }

            if (round + square + curly + angle > cap)
            {
                return true;
            }
        }

        return false;
    }
}
