import { Component, type ErrorInfo, type ReactNode } from "react";
import { FailurePage } from "./failure-page.tsx";

interface Properties {
  readonly isPublic: boolean;
  readonly failed: (error: Error, where: string) => void;
  readonly children: ReactNode;
}

/** Shows the failure page instead of a screen that could not be drawn: never a white page. */
export class ErrorBoundary extends Component<Properties, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.failed(error, (info.componentStack ?? "").trim().split("\n")[0] ?? "");
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <FailurePage isPublic={this.props.isPublic} detail={`${error.name}: ${error.message}`} />;
  }
}
