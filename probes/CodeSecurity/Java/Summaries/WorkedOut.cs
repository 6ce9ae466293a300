namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Something that was worked out of others: it has to be worked out again where one of them is.</summary>
internal class WorkedOut
{
    private readonly HashSet<WorkedOut> _from = [];

    public void Rest(WorkedOut on) => _from.Add(on);

    /// <summary>Those that rest on something outdated, directly or through others, and the outdated themselves.</summary>
    public static HashSet<WorkedOut> Reached(IReadOnlyCollection<WorkedOut> all, IEnumerable<WorkedOut> outdated)
    {
        var users = all.SelectMany(u => u._from.Select(f => (User: u, From: f))).ToLookup(u => u.From, u => u.User);
        var (reached, open) = (new HashSet<WorkedOut>(), new Queue<WorkedOut>(outdated));
        while (open.TryDequeue(out var one))
        {
            if (reached.Add(one))
            {
                foreach (var user in users[one])
                {
                    open.Enqueue(user);
                }
            }
        }

        return reached;
    }
}
