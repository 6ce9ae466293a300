namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Collects faults, at most <see cref="PerKind"/> of a kind in full; what is beyond is counted, so that hostile lists stay small.</summary>
internal sealed class FaultList
{
    public const int PerKind = 200;
    private readonly List<ContainerFault> _faults = [];
    private readonly int[] _counts = new int[Enum.GetValues<ContainerFaultKind>().Length];

    public void Add(ContainerFaultKind kind, string? path, string detail)
    {
        if (_counts[(int)kind]++ < PerKind)
        {
            _faults.Add(new ContainerFault(kind, path, detail));
        }
    }

    public IReadOnlyList<ContainerFault> ToList()
    {
        var all = new List<ContainerFault>(_faults);
        all.AddRange(Enum.GetValues<ContainerFaultKind>().Where(k => _counts[(int)k] > PerKind).Select(k => new ContainerFault(k, null, $"同类问题另有 {_counts[(int)k] - PerKind} 处，未逐一列出")));
        return all;
    }
}
