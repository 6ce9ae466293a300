using System.CommandLine;
using System.Text;
using SmartCity.SecurityCheck.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
AheadOfUse.Begin(args);
var root = new RootCommand("SmartCity.SecurityCheck — 智慧城市与电子政务系统验收前的离线安全核验工具");
foreach (var command in CommandTable.For(args))
{
    root.Add(command);
}

ChineseHelp.Install(root);
return await Invocation.RunAsync(root, args);
