namespace SmartCity.SecurityCheck.Demo;

/// <summary>How the receiving archive answers one transfer.</summary>
/// <param name="Kind">Which sort of answer.</param>
/// <param name="Reason">Given with <see cref="ReceiverAnswerKind.Return"/>.</param>
public sealed record ReceiverAnswer(ReceiverAnswerKind Kind, string Reason = "")
{
    private const int MostReason = 200;

    private static readonly (string Word, ReceiverAnswerKind Kind)[] Words =
    [
        ("check", ReceiverAnswerKind.Check),
        ("accept", ReceiverAnswerKind.Accept),
        ("return", ReceiverAnswerKind.Return),
        ("bad-token", ReceiverAnswerKind.BadToken),
        ("timeout", ReceiverAnswerKind.Timeout),
    ];

    /// <summary>For the command line.</summary>
    public static string Expected => "check、accept、return:原因、bad-token、timeout，多个以逗号分开，用完后重复最后一个";

    /// <returns>Null where a word is none of them.</returns>
    public static IReadOnlyList<ReceiverAnswer>? Parse(string text)
    {
        var answers = new List<ReceiverAnswer>();
        foreach (var part in text.Split([',', '，'], StringSplitOptions.TrimEntries))
        {
            var (word, reason) = part.Split([':', '：'], 2) is [var before, var after] ? (before, after) : (part, "");
            if (Array.FindIndex(Words, w => string.Equals(w.Word, word, StringComparison.Ordinal)) is not (>= 0 and var at) || (reason.Length > 0 && Words[at].Kind != ReceiverAnswerKind.Return) || reason.Length > MostReason)
            {
                return null;
            }

            answers.Add(new ReceiverAnswer(Words[at].Kind, Words[at].Kind == ReceiverAnswerKind.Return && reason.Length == 0 ? "演练：档案馆要求补正后重新移交" : reason));
        }

        return answers;
    }
}

/// <summary>Sorts of answers.</summary>
public enum ReceiverAnswerKind
{
    /// <summary>Accepts where the digest that came with the package is that of the package, and returns it otherwise.</summary>
    Check,

    /// <summary>Accepts whatever came.</summary>
    Accept,

    /// <summary>退回 · returns it with a reason.</summary>
    Return,

    /// <summary>Behaves as if the token had run out (401).</summary>
    BadToken,

    /// <summary>Takes the request and never answers; closes the connection after <see cref="ReceiverOptions.Silence"/>.</summary>
    Timeout,
}
