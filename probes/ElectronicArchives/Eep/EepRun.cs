namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Gathers what one check of DA/T 48 compares.</summary>
internal sealed class EepRun(string id)
{
    private readonly List<(string, string, string)> _differences = [];
    private readonly List<string> _open = [];
    private readonly List<string> _remarks = [];
    private int _comparisons;

    public bool HasCompared => _comparisons > 0;

    public void Compare(bool isSame, string place, string left, string right)
    {
        _comparisons++;
        if (!isSame)
        {
            _differences.Add((place, left, right));
        }
    }

    public void CouldNot(string why) => _open.Add(why);

    public void Remark(string weak) => _remarks.Add(weak);

    public EepCheck Done() => new(id, _comparisons, _differences, _open) { Remarks = _remarks };
}
