namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Judges every case and adds up by operation.</summary>
internal sealed class OutputJudging
{
    private const int ShownProblems = 100;
    private const int NamedWrong = 500;

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public List<OperationOutcome> Run(IReadOnlyList<AlgorithmCase> cases, CancellationToken cancellationToken) =>
        [.. cases.GroupBy(c => c.Operation, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Take(100).Select(g => Of(g.Key, [.. g], cancellationToken))];

    private OperationOutcome Of(string operation, IReadOnlyList<AlgorithmCase> cases, CancellationToken cancellationToken)
    {
        var (right, wrong, unanswered, unusable) = (0, 0, 0, 0);
        var named = new Dictionary<string, (int Count, string First)>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (one.Text("output") is null && one.Text("tag") is null)
            {
                unanswered++;
                continue;
            }

            // A wrong implementation is wrong in one way: what the first hundreds do not show, the rest will not either.
            if (wrong < NamedWrong && Judge(one) is { } outcome)
            {
                right += outcome.IsRight ? 1 : 0;
                wrong += outcome.IsRight ? 0 : 1;
                if (!outcome.IsRight && outcome.Deviation is { } name)
                {
                    named[name] = named.TryGetValue(name, out var known) ? (known.Count + 1, known.First) : (1, one.Id);
                }
            }
            else if (wrong >= NamedWrong)
            {
                wrong++;
            }
            else
            {
                unusable++;
            }
        }

        var reused = Reused(cases);
        var deviations = named.OrderByDescending(n => n.Value.Count).ThenBy(n => n.Key, StringComparer.Ordinal).Select(n => new RecognisedDeviation(n.Key, n.Value.Count, n.Value.First, $"{n.Key}（{n.Value.Count} 例，如 {n.Value.First}）")).ToList();
        var note = $"{operation}：{cases.Count} 例，对 {right}、错 {wrong}、未答 {unanswered}、不能判断 {unusable}{(deviations.Count > 0 ? "；" + string.Join("；", deviations.Select(d => d.Note)) : "")}{(reused > 0 ? $"；{reused} 例重复使用随机数" : "")}";
        return new OperationOutcome(AlgorithmOf(operation), operation, cases.Count, right, wrong, unanswered, unusable, deviations, reused, note);
    }

    private CaseOutcome? Judge(AlgorithmCase one)
    {
        try
        {
            return one.Operation switch
            {
                "sm3" or "hmac-sm3" => Sm3Cases.Judge(one),
                _ when one.Operation.StartsWith("sm4-", StringComparison.Ordinal) => Sm4Cases.Judge(one),
                _ when one.Operation.StartsWith("sm2-", StringComparison.Ordinal) => Sm2Cases.Judge(one),
                _ => throw new CaseUnusableException($"不认识的 algorithm {Shown(one.Operation)}"),
            };
        }
        catch (CaseUnusableException unusable)
        {
            if (_problems.Count < ShownProblems)
            {
                _problems.Add($"{Shown(one.Id)}：{unusable.Message}");
            }

            return null;
        }
    }

    private static int Reused(IReadOnlyList<AlgorithmCase> cases) =>
        cases.Select(c => (c.Id, Ephemeral: Sm2Cases.Ephemeral(c))).Where(c => c.Ephemeral is not null).GroupBy(c => c.Ephemeral, StringComparer.Ordinal).Sum(g => g.Count() - 1);

    private static string AlgorithmOf(string operation) => operation switch
    {
        "sm3" or "hmac-sm3" => "SM3",
        _ when operation.StartsWith("sm4-", StringComparison.Ordinal) => "SM4",
        _ when operation.StartsWith("sm2-", StringComparison.Ordinal) => "SM2",
        _ => Shown(operation),
    };

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
