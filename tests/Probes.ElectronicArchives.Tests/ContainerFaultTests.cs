using System.ComponentModel;
using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class ContainerFaultTests
{
    [Fact]
    public void Every_fault_has_words_for_people() =>
        Assert.All(Enum.GetNames<ContainerFaultKind>(), name => Assert.NotNull(typeof(ContainerFaultKind).GetField(name)!.GetCustomAttribute<DescriptionAttribute>()));
}
